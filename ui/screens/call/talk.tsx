import '../../strings/areas/calls.ts'
import { useEffect, useRef, useState } from 'react'
import type { RecordingDto } from '#lib/calls/contract.ts'
import type { LiveDetail } from '../../api/live.ts'
import { Bubble } from '../../parts/bubble.tsx'
import { Player, type PlayerHandle } from '../../parts/player.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** A recording ends with the call, or with the message that it holds: so much of the call passed before it began. */
function startOf(call: LiveDetail, recording: RecordingDto): number {
  const end = call.timeline.findLast(event => event.kind === (recording.kind === 'voicemail' ? 'voicemail' : 'ended'))
  return Math.max(0, (end?.atMs ?? call.durationMs ?? recording.durationMs) - recording.durationMs)
}

/** The recordings and the words, moving together. */
export function Talk({ call }: { call: LiveDetail }) {
  const { t } = useStrings()
  const formats = useFormats()
  const players = useRef(new Map<number, PlayerHandle>())
  const [heard, setHeard] = useState<{ recording: RecordingDto; atMs: number; isPlaying: boolean } | null>(null)
  const current = useRef<HTMLDivElement>(null)

  const callAtMs = heard ? startOf(call, heard.recording) + heard.atMs : null
  const now = callAtMs === null ? undefined : call.turns.findLast(turn => turn.atMs <= callAtMs + 50)?.id

  useEffect(() => {
    if (heard?.isPlaying && now)
      current.current?.querySelector(`[data-turn="${now}"]`)?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }, [now, heard?.isPlaying])

  function seek(atMs: number) {
    for (const recording of call.recordings) {
      const offset = startOf(call, recording)
      if (atMs >= offset - 500 && atMs <= offset + recording.durationMs) {
        players.current.get(recording.id)?.seek(Math.max(0, atMs - offset))
        return
      }
    }
  }

  const playable = call.recordings.filter(recording => recording.durationMs > 0 && recording.status !== 'failed')
  return (
    <>
      {playable.map(recording => (
        <Player
          key={recording.id}
          recording={recording}
          label={recording.kind === 'voicemail' ? t('call.message') : t('call.recording')}
          handle={handle => {
            if (handle) players.current.set(recording.id, handle)
            else players.current.delete(recording.id)
          }}
          onTime={(atMs, isPlaying) => setHeard({ recording, atMs, isPlaying })}
        />
      ))}
      <div ref={current}>
        {call.turns.length > 0 || call.hearing ? (
          <ol className="grid gap-3" aria-label={t('call.transcript')}>
            {call.turns.map(turn => (
              <Bubble
                key={turn.id}
                turn={turn.id}
                who={turn.who}
                time={formats.clock(turn.atMs)}
                speaker={t(turn.who === 'caller' ? 'call.caller' : 'call.assistant')}
                now={turn.id === now}
                cut={turn.cut}
                {...(playable.length > 0
                  ? { onSeek: () => seek(turn.atMs), seekLabel: t('call.seek', { time: formats.clock(turn.atMs) }) }
                  : {})}
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
          <p className="text-ink-2">{t('call.no_words')}</p>
        )}
      </div>
    </>
  )
}
