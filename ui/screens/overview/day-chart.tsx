import '../../strings/areas/service.ts'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { StatsDto } from '#lib/calls/contract.ts'
import { actionLook } from '../../parts/tag.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

const parts = [
  ['forward', 'var(--accent)'],
  ['voicemail', 'var(--blue)'],
  ['ask_question', 'var(--amber)'],
  ['block', 'var(--red)'],
] as const

/** Calls per day, by what became of them; the same numbers stand in a table for who cannot see it. */
export function DayChart({ days }: { days: StatsDto['perDay'] }) {
  const { t, language } = useStrings()
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const name = (day: unknown) => short.format(new Date(`${String(day)}T00:00:00Z`))
  return (
    <>
      <div aria-hidden className="h-64">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={days} margin={{ top: 4, right: 0, bottom: 0, left: -24 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="day"
              tickFormatter={name}
              stroke="var(--ink-3)"
              fontSize={12}
              tickLine={false}
              minTickGap={24}
            />
            <YAxis allowDecimals={false} stroke="var(--ink-3)" fontSize={12} tickLine={false} axisLine={false} />
            <Tooltip
              labelFormatter={name}
              cursor={{ fill: 'var(--sunk)' }}
              contentStyle={{
                background: 'var(--card)',
                border: '1px solid var(--line)',
                borderRadius: 10,
                color: 'var(--ink)',
              }}
            />
            {parts.map(([action, colour]) => (
              <Bar
                key={action}
                dataKey={action}
                name={t(actionLook[action].key)}
                stackId="calls"
                fill={colour}
                maxBarSize={28}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <table className="sr-only">
        <caption>{t('overview.per_day')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.day')}</th>
            {parts.map(([action]) => (
              <th key={action} scope="col">
                {t(actionLook[action].key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .filter(day => day.total > 0)
            .map(day => (
              <tr key={day.day}>
                <th scope="row">{name(day.day)}</th>
                {parts.map(([action]) => (
                  <td key={action}>{day[action]}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </>
  )
}
