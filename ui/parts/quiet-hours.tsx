import '../strings/areas/house.ts'
import { useStrings } from '../strings/catalogue.tsx'
import { Switch, TextField } from './field.tsx'

/** Minutes after midnight; both null: no quiet hours. */
export type QuietHours = { quietFromMin: number | null; quietToMin: number | null }

const toTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const toMinutes = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

type QuietHoursFieldProps = { label: string; hint?: string; value: QuietHours; onChange(value: QuietHours): void }

/** Off, or from when to when; from later than to runs over midnight. */
export function QuietHoursField({ label, hint, value, onChange }: QuietHoursFieldProps) {
  const { t } = useStrings()
  const { quietFromMin: from, quietToMin: to } = value
  const isOn = from !== null && to !== null
  return (
    <div className="grid gap-3">
      <Switch
        label={label}
        hint={hint}
        checked={isOn}
        onChange={on => onChange({ quietFromMin: on ? 22 * 60 : null, quietToMin: on ? 7 * 60 : null })}
      />
      {isOn && (
        <div className="grid max-w-[320px] grid-cols-2 gap-3">
          <TextField
            label={t('rules.from')}
            type="time"
            value={toTime(from)}
            onChange={event =>
              event.target.value && onChange({ ...value, quietFromMin: toMinutes(event.target.value) })
            }
          />
          <TextField
            label={t('rules.to')}
            type="time"
            value={toTime(to)}
            onChange={event => event.target.value && onChange({ ...value, quietToMin: toMinutes(event.target.value) })}
          />
        </div>
      )}
    </div>
  )
}
