import '../../strings/areas/calls.ts'
import '../../strings/areas/inbox.ts'
import { useQuery } from '@tanstack/react-query'
import { AudioLines, MessageCircleMore } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { findCall } from '../../api/calls.ts'
import { useApi, useStream } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'
import { Bubble } from '../../parts/bubble.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Card, Page } from '../../parts/card.tsx'
import { Pulse } from '../../parts/pulse.tsx'
import { Empty, Problem, Skeleton } from '../../parts/state.tsx'
import { ActionTag } from '../../parts/tag.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import { usePlatform } from '../../platform/port.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { nameCaller } from '../call-names.ts'
import { useOwnTalk } from './own-talk.ts'
import { Steering } from './steering.tsx'
import { useRunningCalls } from './use-running.ts'

/** Every call that runs now, word by word, with the owner's buttons under it. */
export function LiveScreen() {
  const { t } = useStrings()
  const running = useRunningCalls()
  const stream = useStream()
  const talk = useOwnTalk()
  // people may talk for longer than any assistant would: whoever talks here keeps the way to hang up
  const own = talk?.step === 'talking' ? [talk.callId] : []
  const callIds = [...new Set([...running.calls.map(({ callId }) => callId), ...own])]
  return (
    <Page title={t('live.title')} lead={t('live.lead')} wide={callIds.length > 1}>
      {running.isError && callIds.length === 0 ? (
        <Problem error={running.error} onRetry={() => void running.refetch()} />
      ) : running.isPending ? (
        <Skeleton className="h-64 !rounded-lg" />
      ) : callIds.length === 0 ? (
        <Empty
          icon={AudioLines}
          title={t('live.empty')}
          action={
            <ButtonLink href="/try">
              <MessageCircleMore /> {t('inbox.try')}
            </ButtonLink>
          }
        >
          {stream === 'open' ? t('live.empty_hint') : t('live.connecting')}
        </Empty>
      ) : (
        <ul
          aria-live="polite"
          aria-relevant="additions"
          className={callIds.length > 1 ? 'grid gap-5 xl:grid-cols-2' : 'grid gap-5'}
        >
          {callIds.map(callId => (
            <LiveCard key={callId} callId={callId} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function LiveCard({ callId }: { callId: string }) {
  const { t, said } = useStrings()
  const { Link } = usePlatform()
  const client = useApi()
  const formats = useFormats()
  const now = useNow(1000)
  const words = useRef<HTMLOListElement>(null)
  const { data: call } = useQuery<LiveDetail>({
    queryKey: ['call', callId],
    queryFn: ({ signal }) => findCall(client, callId, signal),
  })
  const length = (call?.turns.length ?? 0) + (call?.hearing ? 1 : 0)

  useEffect(() => {
    // The newest words stay in sight, as in any conversation.
    if (length > 0) words.current?.scrollTo({ top: words.current.scrollHeight })
  }, [length])

  if (!call) return <Skeleton className="h-64 !rounded-lg" />
  const who = nameCaller(call, t)
  return (
    <li>
      <Card className="grid gap-4 rounded-lg p-4 sm:p-5">
        <header className="grid gap-0.5">
          <p className="flex items-center gap-2.5 text-small font-[560] text-accent-ink">
            <Pulse /> {t('live.running', { time: formats.clock(now - Date.parse(call.timestamp)) })}
          </p>
          <h2 className="text-[19px] font-[640] [overflow-wrap:anywhere]">
            <Link href={`/inbox/${encodeURIComponent(callId)}`} className="hover:underline">
              {who}
            </Link>
          </h2>
          <p className="flex flex-wrap items-center gap-x-2 text-ink-2">
            {who !== call.callerNumber && <span>{call.callerNumber}</span>}
            <span>{call.personId === null ? t('live.stranger') : t('live.known')}</span>
            {call.action && <ActionTag action={call.action} />}
          </p>
        </header>
        {length > 0 ? (
          <ol
            ref={words}
            className="grid max-h-[42dvh] gap-3 overflow-y-auto pr-1"
            aria-label={t('call.transcript')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
            tabIndex={0}
          >
            {call.turns.map(turn => (
              <Bubble
                key={turn.id}
                who={turn.who}
                time={formats.clock(turn.atMs)}
                speaker={t(turn.who === 'caller' ? 'call.caller' : 'call.assistant')}
                cut={turn.cut}
              >
                {turn.text}
              </Bubble>
            ))}
            {call.hearing && (
              <Bubble who="caller" speaker={t('call.caller')} now>
                <span className="text-ink-2">{call.hearing.text}…</span>
              </Bubble>
            )}
          </ol>
        ) : (
          <p className="text-ink-2">{call.reason ? said(call.reason) : t('live.no_words')}</p>
        )}
        {call.isSteerable ? (
          <Steering call={call} />
        ) : (
          <p className="text-small text-ink-2">{t('live.not_steerable')}</p>
        )}
      </Card>
    </li>
  )
}
