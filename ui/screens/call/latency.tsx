import '../../strings/areas/calls.ts'
import type { LiveDetail } from '../../api/live.ts'
import { useFormats } from '../../platform/clock.tsx'
import type { PlainKey } from '../../strings/catalogue.tsx'
import { useStrings } from '../../strings/catalogue.tsx'
import { Side } from './side.tsx'

const stages: readonly [stage: string, key: PlainKey][] = [
  ['answer_to_first_word', 'stage.answer_to_first_word'],
  ['end_of_speech', 'stage.end_of_speech'],
  ['heard_to_transcript', 'stage.heard_to_transcript'],
  ['decision', 'stage.decision'],
  ['reply_at_ear', 'stage.reply_at_ear'],
]

/** How long the caller waited, stage by stage. */
export function Latency({ call }: { call: Pick<LiveDetail, 'latencyMs'> }) {
  const { t } = useStrings()
  const formats = useFormats()
  const known = stages.filter(([stage]) => call.latencyMs[stage] !== undefined)
  if (known.length === 0) return null
  return (
    <Side title={t('call.how_fast')}>
      <dl className="grid gap-1 text-small text-ink-2">
        {known.map(([stage, key]) => (
          <div key={stage} className="flex justify-between gap-3">
            <dt>{t(key)}</dt>
            <dd className="font-[540] text-ink">{formats.latency(call.latencyMs[stage] ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </Side>
  )
}
