import { useQuery } from '@tanstack/react-query'
import { ChartNoAxesColumn } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { StatsDto } from '#lib/calls/contract.ts'
import { readStats } from '../../api/machine.ts'
import { useApi } from '../../api/provider.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Card, Page, Section } from '../../parts/card.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Empty, Problem, Skeleton } from '../../parts/state.tsx'
import { useFormats, useTimeZone } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

const CallsChart = lazy(() => import('./calls-chart.tsx').then(module => ({ default: module.CallsChart })))
const spans = ['7', '30', '90', '365'] as const

/** How much the line took off its owner, and how fast it was. */
export function OverviewScreen({ first }: { first?: StatsDto }) {
  const { t } = useStrings()
  const client = useApi()
  const timeZone = useTimeZone()
  const [span, setSpan] = useState<(typeof spans)[number]>('30')
  const query = useQuery({
    queryKey: ['stats', span, timeZone],
    queryFn: () => readStats(client, { days: Number(span), timeZone }),
    placeholderData: known => known,
    ...(first && span === '30' ? { initialData: first } : {}),
  })
  return (
    <Page
      title={t('overview.title')}
      lead={t('overview.lead')}
      wide
      aside={
        <Chips
          label={t('overview.span')}
          value={span}
          options={spans.map(value => ({ value, text: t(`overview.days_${value}`) }))}
          onChange={setSpan}
        />
      }
    >
      {query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton className="h-72 !rounded-m" />
      ) : query.data.total === 0 ? (
        <Empty icon={ChartNoAxesColumn} title={t('overview.empty')} action={<ButtonLink href="/try">{t('inbox.try')}</ButtonLink>}>
          {t('overview.empty_hint')}
        </Empty>
      ) : (
        <>
          <Numbers stats={query.data} />
          <Section title={t('overview.per_day')}>
            <Card className="p-4">
              <Suspense fallback={<Skeleton className="h-64" />}>
                <CallsChart days={query.data.perDay} />
              </Suspense>
            </Card>
          </Section>
        </>
      )}
    </Page>
  )
}

function Numbers({ stats }: { stats: StatsDto }) {
  const { t, language } = useStrings()
  const formats = useFormats()
  const number = new Intl.NumberFormat(language)
  const latency = (ms: number | null) => (ms === null ? '–' : formats.latency(ms))
  const cells = [
    { key: 'calls', label: t('overview.calls'), value: number.format(stats.total) },
    { key: 'saved', label: t('overview.saved'), value: t('overview.minutes', { count: number.format(stats.minutesSaved) }) },
    { key: 'talk', label: t('overview.talk'), value: formats.duration(stats.talkTimeMs) },
    { key: 'blocked', label: t('action.block'), value: number.format(stats.byAction.block) },
    { key: 'p50', label: t('overview.p50'), value: latency(stats.latency.p50Ms) },
    { key: 'p95', label: t('overview.p95'), value: latency(stats.latency.p95Ms) },
  ]
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-m border border-line bg-line sm:grid-cols-3">
      {cells.map(({ key, label, value }) => (
        <div key={key} className="bg-card px-4 py-3.5">
          <dt className="text-small text-ink-2">{label}</dt>
          <dd className="text-[22px] font-[620] tracking-[-0.02em]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
