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
import { Levels } from '../live/talk-here.tsx'
import { useRunningCalls } from '../live/use-running.ts'
import { WouldRing } from './would-ring.tsx'

const sentences: Partial<Record<LineState, PlainKey>> = {
  refused: 'try.mic_denied',
  missing: 'try.mic_missing',
  absent: 'try.mic_absent',
  lost: 'try.mic_lost',
}

/** The browser as a telephone to one's own line. */
export function Microphone() {
  const { t } = useStrings()
  const client = useApi()
  const formats = useFormats()
  const now = useNow(500)
  const line = useRef<Promise<MicrophoneLine> | null>(null)
  const [state, setState] = useState<LineState | null>(null)
  const [levels, setLevels] = useState({ level: 0, heard: 0 })
  const [begun, setBegun] = useState<string | null>(null)
  const [startedAt, setStartedAt] = useState(0)
  const [isPossible, setPossible] = useState(true)
  useEffect(() => setPossible(canHear()), [])
  // also when the browser still asks for the microphone: what opens after that is closed again
  const hangUp = () => void line.current?.then(open => open.hangUp())
  useEffect(() => () => void line.current?.then(open => open.hangUp()), [])
  const callId = useOwnCall(begun)
  const isUp = state === 'ringing' || state === 'live'

  function start() {
    setStartedAt(Date.now())
    setBegun(null)
    line.current = openMicrophoneLine(client, {
      onState: setState,
      onLevel: (level, heard) => setLevels({ level, heard }),
      onCall: setBegun,
    })
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
        <Levels level={isUp ? levels.level : 0} heard={isUp ? levels.heard : 0} />
        {isUp ? (
          <Button size="big" look="dangerMain" onClick={hangUp}>
            <PhoneOff /> {t('try.mic_stop')}
          </Button>
        ) : (
          <Button size="big" look="main" onClick={start}>
            <Mic /> {t('try.mic_start')}
          </Button>
        )}
        <p
          role={state && sentences[state] ? 'alert' : undefined}
          className="max-w-[52ch] text-center text-small text-ink-2"
        >
          {t((state && sentences[state]) || 'try.mic_hint')}
        </p>
      </Card>
      {callId && <OwnCall callId={callId} />}
    </div>
  )
}

/** The call that began with this press of the button, as soon as its row is there to be read. */
function useOwnCall(begun: string | null): string | null {
  const [found, setFound] = useState<string | null>(null)
  const { calls } = useRunningCalls()
  const isThere = calls.some(({ callId }) => callId === begun)
  useEffect(() => {
    if (isThere) setFound(begun)
  }, [isThere, begun])
  return begun !== null && found === begun ? begun : null
}

function OwnCall({ callId }: { callId: string }) {
  const { t } = useStrings()
  const client = useApi()
  const { data: call } = useQuery<LiveDetail>({
    queryKey: ['call', callId],
    queryFn: ({ signal }) => findCall(client, callId, signal),
  })
  if (!call) return null
  const ringing = call.timeline.findLast(({ kind }) => kind === 'forwarding')
  const isTaken = call.timeline.some(({ kind }) => kind === 'joined')
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_300px]">
      <div className="grid content-start gap-3">
        <Talk call={call} />
        {ringing && !isTaken && call.status === 'in_progress' && (
          <WouldRing target={String(ringing.data.destination)} label={String(ringing.data.label)}>
            <p className="text-small text-ink-2">{t('try.ringing_hint')}</p>
          </WouldRing>
        )}
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
