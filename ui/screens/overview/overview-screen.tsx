import '../../strings/areas/inbox.ts'
import '../../strings/areas/service.ts'
import { useQuery } from '@tanstack/react-query'
import { ChartNoAxesColumn } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { StatsDto } from '#lib/calls/contract.ts'
import { readStats } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Card, Page } from '../../parts/card.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Empty, Problem, Skeleton } from '../../parts/state.tsx'
import { actionLook, Tag } from '../../parts/tag.tsx'
import { useFormats, useTimeZone } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

const DayChart = lazy(() => import('./day-chart.tsx').then(module => ({ default: module.DayChart })))

type Span = '7' | '30' | '90'

/** How many, what became of them, how fast, and what it saved. */
export function OverviewScreen({ first }: { first?: StatsDto }) {
  const { t, tn } = useStrings()
  const client = useApi()
  const formats = useFormats()
  const timeZone = useTimeZone()
  const [span, setSpan] = useState<Span>('30')
  const query = useQuery({
    queryKey: ['stats', span, timeZone],
    queryFn: () => readStats(client, Number(span), timeZone),
    placeholderData: known => known,
    ...(first && span === '30' ? { initialData: first } : {}),
  })
  const stats = query.data
  return (
    <Page title={t('nav.overview')} lead={t('overview.lead')} wide>
      <Chips<Span>
        label={t('overview.span')}
        value={span}
        onChange={setSpan}
        options={(['7', '30', '90'] as const).map(days => ({ value: days, label: tn('overview.days', Number(days)) }))}
      />
      {query.isError && !stats ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : !stats ? (
        <Skeleton className="h-72 !rounded-md" />
      ) : stats.total === 0 ? (
        <Empty
          icon={ChartNoAxesColumn}
          title={t('overview.empty')}
          action={<ButtonLink href="/try">{t('inbox.try')}</ButtonLink>}
        >
          {t('overview.empty_hint')}
        </Empty>
      ) : (
        <>
          <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
            <Figure name={t('overview.calls')} value={formats.number(stats.total)} />
            <Figure
              name={t('overview.saved')}
              value={
                stats.minutesSaved < 60
                  ? t('overview.minutes', { count: formats.number(Math.round(stats.minutesSaved)) })
                  : formats.duration(stats.minutesSaved * 60_000)
              }
            />
            <Figure name={t('overview.talk')} value={formats.duration(stats.talkTimeMs)} />
            <Figure
              name={t('overview.decision')}
              value={stats.latency.p50Ms === null ? '–' : formats.latency(stats.latency.p50Ms)}
              note={
                stats.latency.p95Ms === null
                  ? undefined
                  : t('overview.p95', { time: formats.latency(stats.latency.p95Ms) })
              }
            />
          </dl>
          <Card className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4.5">
            <h2 className="font-[620]">{t('overview.per_day')}</h2>
            <Suspense fallback={<Skeleton className="h-64" />}>
              <DayChart days={stats.perDay} />
            </Suspense>
            <ul className="flex flex-wrap gap-2">
              {(['forward', 'voicemail', 'ask_question', 'block'] as const).map(action => (
                <li key={action}>
                  <Tag tone={actionLook[action].tone} icon={actionLook[action].icon}>
                    {t(actionLook[action].key)}: {formats.number(stats.byAction[action])}
                  </Tag>
                </li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </Page>
  )
}

function Figure({ name, value, note }: { name: string; value: string; note?: string | undefined }) {
  return (
    <Card className="px-4.5 py-4">
      <dt className="text-small text-ink-2">{name}</dt>
      <dd className="text-[22px] font-[640] tracking-[-0.02em]">{value}</dd>
      {note && <dd className="text-small text-ink-3">{note}</dd>}
    </Card>
  )
}
