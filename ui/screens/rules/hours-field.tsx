import '../../strings/areas/house.ts'
import clsx from 'clsx'
import { TextField } from '../../parts/field.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

type Hours = { day: number; from: string; to: string }[]

/** The same times on every chosen day: what this field can show. */
export function isSimple(hours: Hours | null): boolean {
  return (
    !hours ||
    (new Set(hours.map(({ from, to }) => `${from} ${to}`)).size <= 1 &&
      new Set(hours.map(({ day }) => day)).size === hours.length)
  )
}

const days = [1, 2, 3, 4, 5, 6, 7]

/** Days and one span of time. From later than to means over midnight. */
export function HoursField({ hours, onChange }: { hours: Hours; onChange(hours: Hours): void }) {
  const { t, language } = useStrings()
  const short = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const long = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  const chosen = new Set(hours.map(({ day }) => day))
  const { from = '08:00', to = '18:00' } = hours[0] ?? {}
  const set = (on: Iterable<number>, start = from, end = to) =>
    onChange([...on].sort((a, b) => a - b).map(day => ({ day, from: start, to: end })))
  return (
    <div className="grid gap-3">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="mb-1.5 text-small font-[560] text-ink-2">{t('rules.days')}</legend>
        {days.map(day => {
          const date = new Date(Date.UTC(2024, 0, day))
          const isOn = chosen.has(day)
          return (
            <button
              key={day}
              type="button"
              aria-pressed={isOn}
              aria-label={long.format(date)}
              onClick={() => {
                const next = new Set(chosen)
                if (isOn) next.delete(day)
                else next.add(day)
                if (next.size > 0) set(next)
              }}
              className={clsx(
                'min-h-9 min-w-11 rounded-[10px] border px-2 text-small',
                isOn
                  ? 'border-accent bg-accent-soft text-accent-ink'
                  : 'border-line text-ink-2 hover:border-line-strong',
              )}
            >
              {short.format(date)}
            </button>
          )
        })}
      </fieldset>
      <div className="grid max-w-[320px] grid-cols-2 gap-3">
        <TextField
          label={t('rules.from')}
          type="time"
          required
          value={from}
          onChange={event => event.target.value && set(chosen, event.target.value)}
        />
        <TextField
          label={t('rules.to')}
          type="time"
          required
          value={to === '24:00' ? '23:59' : to}
          onChange={event => event.target.value && set(chosen, from, event.target.value)}
        />
      </div>
    </div>
  )
}
