import '../../strings/areas/calls.ts'
import { useQuery } from '@tanstack/react-query'
import { Mic, PhoneOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { findCall } from '../../api/calls.ts'
import { useApi } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Ladder } from '../../parts/ladder.tsx'
import { Pulse } from '../../parts/pulse.tsx'
import { Empty } from '../../parts/state.tsx'
import { ActionTag } from '../../parts/tag.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import { canHear, type LineState, type MicrophoneLine, openMicrophoneLine } from '../../platform/microphone.ts'
import type { PlainKey } from '../../strings/catalogue.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { Latency } from '../call/latency.tsx'
import { Talk } from '../call/talk.tsx'
import { useRunningCalls } from '../live/use-running.ts'

const sentences: Partial<Record<LineState, PlainKey>> = {
  denied: 'try.mic_denied',
  absent: 'try.mic_absent',
  lost: 'try.mic_lost',
}

/** The browser as a telephone to one's own line. */
export function Microphone() {
  const { t } = useStrings()
  const client = useApi()
  const formats = useFormats()
  const now = useNow(500)
  const line = useRef<MicrophoneLine | null>(null)
  const [state, setState] = useState<LineState | null>(null)
  const [level, setLevel] = useState(0)
  const [startedAt, setStartedAt] = useState(0)
  const [isPossible, setPossible] = useState(true)
  useEffect(() => setPossible(canHear()), [])
  useEffect(() => () => line.current?.hangUp(), [])
  const callId = useOwnCall(startedAt)
  const isUp = state === 'ringing' || state === 'live'

  async function start() {
    setStartedAt(Date.now())
    line.current = await openMicrophoneLine(client, { onState: setState, onLevel: setLevel })
  }

  if (!isPossible) {
    return (
      <Empty icon={Mic} title={t('try.by_voice')}>
        {t('try.mic_insecure')}
      </Empty>
    )
  }
  return (
    <div className="grid gap-6">
      <Card className="grid justify-items-center gap-4 rounded-lg p-6">
        <p role="status" className="flex min-h-6 items-center gap-2.5 font-[560]">
          {state === 'live' && <Pulse />}
          {state === 'live'
            ? t('try.mic_live', { time: formats.clock(now - startedAt) })
            : state === 'ringing'
              ? t('try.mic_ringing')
              : ''}
        </p>
        <meter
          aria-label={t('try.mic_level')}
          min={0}
          max={1}
          value={isUp ? level : 0}
          className="h-2 w-full max-w-[320px]"
        />
        {isUp ? (
          <Button size="big" look="dangerMain" onClick={() => line.current?.hangUp()}>
            <PhoneOff /> {t('try.mic_stop')}
          </Button>
        ) : (
          <Button size="big" look="main" onClick={() => void start()}>
            <Mic /> {t('try.mic_start')}
          </Button>
        )}
        <p className="max-w-[52ch] text-center text-small text-ink-2">
          {t((state && sentences[state]) || 'try.mic_hint')}
        </p>
      </Card>
      {callId && <OwnCall callId={callId} />}
    </div>
  )
}

/** The call that began with this press of the button, as soon as the service knows it. */
function useOwnCall(startedAt: number): string | null {
  const [found, setFound] = useState<{ startedAt: number; callId: string } | null>(null)
  const { calls } = useRunningCalls()
  const newest = startedAt
    ? calls.find(call => call.source === 'try' && Date.parse(call.timestamp) > startedAt - 5_000)
    : undefined
  useEffect(() => {
    if (newest) setFound({ startedAt, callId: newest.callId })
  }, [newest, startedAt])
  return found?.startedAt === startedAt ? found.callId : null
}

function OwnCall({ callId }: { callId: string }) {
  const client = useApi()
  const { data: call } = useQuery<LiveDetail>({
    queryKey: ['call', callId],
    queryFn: ({ signal }) => findCall(client, callId, signal),
  })
  if (!call) return null
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="grid content-start gap-3">
        <Talk call={call} />
      </div>
      <aside className="grid content-start gap-5">
        {call.action && (
          <p>
            <ActionTag action={call.action} />
          </p>
        )}
        {call.ladder.length > 0 && <Ladder rungs={call.ladder} />}
        <Latency call={call} />
      </aside>
    </div>
  )
}
