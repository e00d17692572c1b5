import '../../strings/areas/calls.ts'
import '../../strings/areas/inbox.ts'
import { useQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore, ArrowLeft, Ban, GitBranch, Phone, Trash2, UserPlus } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { CallDetailDto, CallDto } from '#lib/calls/contract.ts'
import { findCall } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'
import { ApiError } from '../../api/problem.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { Button, buttonStyle } from '../../parts/button.tsx'
import { Ladder } from '../../parts/ladder.tsx'
import { Empty, Problem } from '../../parts/state.tsx'
import { ActionTag } from '../../parts/tag.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import { useHydrated } from '../../platform/hydration.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { isWithheld, nameCaller, toneOf } from '../call-names.ts'
import { useCallActions } from '../inbox/use-calls.ts'
import { CallSkeleton } from './call-skeleton.tsx'
import { Correction } from './correction.tsx'
import { Latency } from './latency.tsx'
import { Note } from './note.tsx'
import { Side } from './side.tsx'
import { Summary } from './summary.tsx'
import { Talk } from './talk.tsx'
import { Timeline } from './timeline.tsx'

const Steering = lazy(() => import('../live/steering.tsx').then(module => ({ default: module.Steering })))
const WhatIf = lazy(() => import('./what-if.tsx').then(module => ({ default: module.WhatIf })))
const Known = lazy(() => import('./known.tsx').then(module => ({ default: module.Known })))
const Removal = lazy(() => import('./removal.tsx').then(module => ({ default: module.Removal })))

type CallProps = {
  callId: string
  initial?: CallDetailDto | undefined
  onBack(): void
  onArchive(call: CallDto): void
  /** The call was deleted. */
  onGone(): void
}

type Window = 'what_if' | 'add' | 'block' | 'delete' | null

/** What did they want, what do I do, why was it decided, how fast was it: in that order. */
export function CallScreen({ callId, initial, onBack, onArchive, onGone }: CallProps) {
  const { t, said } = useStrings()
  const client = useApi()
  const actions = useCallActions()
  const query = useQuery<LiveDetail>({
    queryKey: ['call', callId],
    queryFn: ({ signal }) => findCall(client, callId, signal),
    ...(initial ? { initialData: initial } : {}),
  })
  const call = query.data
  const [window, setWindow] = useState<Window>(null)
  const isListening = useHydrated()

  // biome-ignore lint/correctness/useExhaustiveDependencies: opening is reading, once for each call
  useEffect(() => {
    if (call && !call.isRead) actions.markRead(callId)
  }, [callId, call?.id])

  if (!call) {
    if (query.error instanceof ApiError && query.error.status === 404) {
      return (
        <Empty icon={Phone} title={t('call.gone')} action={<Button onClick={onBack}>{t('back')}</Button>}>
          {t('call.gone_hint')}
        </Empty>
      )
    }
    return query.isError ? (
      <Problem error={query.error} onRetry={() => void query.refetch()} className="m-6" />
    ) : (
      <CallSkeleton />
    )
  }

  return (
    <article
      // A press on a button that does not listen yet would be lost without a sign.
      inert={!isListening}
      className="mx-auto grid max-w-[1060px] gap-5 px-4 pt-4 pb-10 sm:px-8 sm:pt-6"
      aria-label={t('call.label', { who: nameCaller(call, t) })}
    >
      <Head call={call} onBack={onBack} onArchive={() => onArchive(call)} />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_268px] xl:gap-x-8">
        <div className="grid min-w-0 content-start gap-5">
          <Summary call={call} />
          {call.isSteerable && (
            <Suspense>
              <Steering call={call} />
            </Suspense>
          )}
          <Talk call={call} />
        </div>
        <aside className="grid content-start gap-6">
          <Side title={t('call.why')}>
            {call.ladder.length > 0 ? (
              <Ladder rungs={call.ladder} />
            ) : (
              <p className="text-small text-ink-2">{call.reason ? said(call.reason) : t('call.no_ladder')}</p>
            )}
            <Correction call={call} />
          </Side>
          <Latency call={call} />
          <div className="grid gap-2">
            <Button className="!justify-start" onClick={() => setWindow('what_if')}>
              <GitBranch /> {t('call.what_if')}
            </Button>
            {!isWithheld(call.callerNumber) && (
              <>
                {call.personId === null && (
                  <Button className="!justify-start" onClick={() => setWindow('add')}>
                    <UserPlus />
                    <span className="truncate">
                      {call.callerName ? t('call.add_name', { name: call.callerName }) : t('call.add')}
                    </span>
                  </Button>
                )}
                <Button look="danger" className="!justify-start" onClick={() => setWindow('block')}>
                  <Ban /> {t('call.block')}
                </Button>
              </>
            )}
            <Button look="danger" className="!justify-start" onClick={() => setWindow('delete')}>
              <Trash2 /> {t('call.delete')}
            </Button>
          </div>
          <Note call={call} />
          <Timeline call={call} />
        </aside>
      </div>
      <Suspense>
        {window === 'what_if' && <WhatIf call={call} onClose={() => setWindow(null)} />}
        {(window === 'add' || window === 'block') && <Known call={call} as={window} onClose={() => setWindow(null)} />}
        {window === 'delete' && (
          <Removal
            call={call}
            onClose={() => setWindow(null)}
            onGone={() => {
              actions.dropFromLists(callId)
              onGone()
            }}
          />
        )}
      </Suspense>
    </article>
  )
}

function Head({ call, onBack, onArchive }: { call: LiveDetail; onBack(): void; onArchive(): void }) {
  const { t } = useStrings()
  const formats = useFormats()
  const now = useNow(60_000)
  const who = nameCaller(call, t)
  const number = isWithheld(call.callerNumber) ? null : (call.callbackNumber ?? call.callerKey ?? call.callerNumber)
  const facts = [
    who === call.callerNumber || isWithheld(call.callerNumber) ? null : call.callerNumber,
    `${formats.day(call.timestamp, now)} ${formats.time(call.timestamp)}`,
    call.durationMs === null ? null : formats.duration(call.durationMs),
    t(`source.${call.source}`),
  ].filter(Boolean)
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button look="bare" size="icon" className="-ml-2 lg:hidden" aria-label={t('back')} onClick={onBack}>
        <ArrowLeft />
      </Button>
      <div className="order-last flex min-w-0 flex-1 basis-full items-center gap-4 lg:order-none lg:basis-52">
        <Avatar
          big
          name={call.callerName ?? call.organisation ?? ''}
          sign={isWithheld(call.callerNumber) ? '?' : '#'}
          tone={toneOf(call)}
        />
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="text-[22px] leading-tight font-[650] [overflow-wrap:anywhere]">{who}</h2>
            <ActionTag action={call.action} isRunning={call.status === 'in_progress'} />
          </div>
          <p className="text-ink-2 [overflow-wrap:anywhere]">{facts.join(' · ')}</p>
        </div>
      </div>
      <div className="ml-auto flex gap-2">
        <Button onClick={onArchive}>
          {call.isArchived ? <ArchiveRestore /> : <Archive />}
          {call.isArchived ? t('inbox.unarchive') : t('inbox.archive')}
        </Button>
        {number && /\d/.test(number) && (
          <a href={`tel:${number.replace(/[^+\d*#]/g, '')}`} className={buttonStyle({ look: 'main' })}>
            <Phone aria-hidden /> {t('call.call_back')}
          </a>
        )}
      </div>
    </header>
  )
}
