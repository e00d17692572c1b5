import '../../strings/areas/calls.ts'
import { Mic, PhoneOff } from 'lucide-react'
import { useApi } from '../../api/context.tsx'
import type { LiveDetail } from '../../api/live.ts'
import { Button } from '../../parts/button.tsx'
import { Pulse } from '../../parts/pulse.tsx'
import { Problem } from '../../parts/state.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import type { PlainKey } from '../../strings/catalogue.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { hangUpHere, type OwnTalk, takeHere, useOwnTalk } from './own-talk.ts'

const troubles: Record<NonNullable<OwnTalk['trouble']>, PlainKey> = {
  refused: 'try.mic_denied',
  missing: 'try.mic_missing',
  absent: 'live.talk_absent',
  lost: 'live.talk_lost',
  gone: 'live.talk_gone',
}

/** Takes the call with the microphone of this device. */
export function TakeHere({ call, look }: { call: LiveDetail; look: 'main' | 'plain' }) {
  const { t } = useStrings()
  const client = useApi()
  const talk = useOwnTalk()
  const isMine = talk?.callId === call.callId
  return (
    <Button
      size="big"
      look={look}
      busy={isMine && talk.step === 'opening'}
      disabled={talk !== null && !isMine && talk.step !== 'over'}
      onClick={() => takeHere(client, call)}
    >
      <Mic /> {t('live.take_here')}
    </Button>
  )
}

/** Why it did not come to a talk, or how it ended. */
export function TalkTrouble({ callId }: { callId: string }) {
  const { t } = useStrings()
  const talk = useOwnTalk()
  if (talk?.callId !== callId || talk.step !== 'over') return null
  if (talk.error) return <Problem error={talk.error} />
  return (
    <p role="alert" className="text-small text-red empty:hidden">
      {talk.trouble && t(troubles[talk.trouble])}
    </p>
  )
}

/** While caller and owner talk: how long, that both are heard, and the way out. */
export function OwnTalkPanel({ talk }: { talk: OwnTalk }) {
  const { t } = useStrings()
  const formats = useFormats()
  const now = useNow(500)
  return (
    <section aria-label={t('live.talking')} className="grid gap-3">
      <p className="flex items-center gap-2.5 font-[560]">
        <Pulse /> <span role="status">{t('live.talking')}</span>
        <span className="ml-auto tabular-nums">{formats.clock(Math.max(0, now - talk.startedAt))}</span>
      </p>
      <Levels level={talk.level} heard={talk.heard} />
      <Button size="big" look="dangerMain" onClick={hangUpHere}>
        <PhoneOff /> {t('live.hang_up')}
      </Button>
    </section>
  )
}

/** That the microphone hears, and that sound comes from the line. */
export function Levels({ level, heard }: { level: number; heard: number }) {
  const { t } = useStrings()
  const rows: [PlainKey, number][] = [
    ['try.mic_level', level],
    ['try.line_level', heard],
  ]
  return (
    <dl className="grid w-full max-w-[360px] grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1.5 text-small text-ink-2">
      {rows.map(([key, value]) => (
        <div key={key} className="contents">
          <dt>{t(key)}</dt>
          <dd>
            <meter aria-label={t(key)} min={0} max={1} value={value} className="block h-2 w-full" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
