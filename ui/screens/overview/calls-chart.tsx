import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { StatsDto } from '#lib/calls/contract.ts'
import { useStrings } from '../../strings/catalogue.tsx'

const parts = [
  { key: 'forward', colour: 'var(--accent)' },
  { key: 'voicemail', colour: 'var(--blue)' },
  { key: 'ask_question', colour: 'var(--amber)' },
  { key: 'block', colour: 'var(--red)' },
] as const

/** Calls per day by what happened to them; the table says the same to those who cannot see it. */
export function CallsChart({ days }: { days: StatsDto['perDay'] }) {
  const { t, language } = useStrings()
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const label = (day: unknown) => short.format(new Date(`${String(day)}T00:00:00Z`))
  const isStill = typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
  return (
    <>
      <div className="h-64" aria-hidden>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={days} margin={{ top: 4, right: 4, bottom: 0, left: -18 }}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="day" tickFormatter={label} tickLine={false} axisLine={false} minTickGap={24} tick={{ fill: 'var(--ink-3)', fontSize: 12 }} />
            <YAxis allowDecimals={false} tickLine={false} axisLine={false} tick={{ fill: 'var(--ink-3)', fontSize: 12 }} />
            <Tooltip
              labelFormatter={label}
              cursor={{ fill: 'var(--sunk)' }}
              contentStyle={{ background: 'var(--card)', border: '1px solid var(--line)', borderRadius: 10, color: 'var(--ink)' }}
            />
            <Legend iconType="circle" iconSize={8} wrapperStyle={{ fontSize: 13 }} />
            {parts.map(({ key, colour }) => (
              <Bar key={key} dataKey={key} name={t(`action.${key}`)} stackId="calls" fill={colour} isAnimationActive={!isStill} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <table className="sr-only">
        <caption>{t('overview.per_day')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.day')}</th>
            {parts.map(({ key }) => (
              <th key={key} scope="col">
                {t(`action.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(day => (
            <tr key={day.day}>
              <th scope="row">{label(day.day)}</th>
              {parts.map(({ key }) => (
                <td key={key}>{day[key]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
