import '../strings/areas/calls.ts'
import { Pause, Play } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { RecordingDto } from '#lib/calls/contract.ts'
import { useApi } from '../api/context.tsx'
import { useFormats } from '../platform/clock.tsx'
import { usePlatform } from '../platform/port.ts'
import { useStrings } from '../strings/catalogue.tsx'
import { useProblemText } from './state.tsx'
import { tellProblem } from './toast.tsx'
import { Waveform } from './waveform.tsx'

export type PlayerHandle = { seek(atMs: number): void }

const speeds = [1, 1.2, 1.5, 2]

type PlayerProps = {
  recording: RecordingDto
  label: string
  handle(handle: PlayerHandle | null): void
  onTime(atMs: number, isPlaying: boolean): void
}

/** A recording with its waveform. The audio is asked for on the first play and not before. */
export function Player({ recording, label, handle, onTime }: PlayerProps) {
  const { t, language } = useStrings()
  const formats = useFormats()
  const say = useProblemText()
  const audio = useRef<HTMLAudioElement>(null)
  const load = useSource(recording.url)
  const [atMs, setAtMs] = useState(0)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)

  async function play(fromMs?: number) {
    const element = audio.current
    if (!element) return
    try {
      if (!element.src) element.src = await load()
      if (fromMs !== undefined) element.currentTime = fromMs / 1000
      element.playbackRate = speed
      await element.play()
    } catch (error) {
      tellProblem(say(error))
    }
  }

  function seek(toMs: number) {
    setAtMs(toMs)
    onTime(toMs, isPlaying)
    if (audio.current?.src) audio.current.currentTime = toMs / 1000
    if (!isPlaying) void play(toMs)
  }

  useEffect(() => {
    handle({ seek })
    return () => handle(null)
  })

  const speedText = new Intl.NumberFormat(language).format(speed)
  return (
    <section aria-label={label} className="flex items-center gap-3.5 rounded-md bg-sunk px-3.5 py-2.5 dark:bg-card">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands below and follows */}
      <audio
        ref={audio}
        preload="none"
        onTimeUpdate={event => {
          const ms = event.currentTarget.currentTime * 1000
          setAtMs(ms)
          onTime(ms, !event.currentTarget.paused)
        }}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
      />
      <button
        type="button"
        aria-label={isPlaying ? t('player.pause') : t('player.play')}
        onClick={() => (isPlaying ? audio.current?.pause() : void play(atMs >= recording.durationMs - 100 ? 0 : atMs))}
        className="grid size-9 shrink-0 place-items-center rounded-full bg-ink text-paper hover:opacity-85"
      >
        {isPlaying ? (
          <Pause size={16} fill="currentColor" />
        ) : (
          <Play size={16} fill="currentColor" className="translate-x-px" />
        )}
      </button>
      <Waveform
        peaks={recording.peaks}
        atMs={atMs}
        durationMs={recording.durationMs}
        label={t('player.position')}
        valueText={t('player.position_of', { at: formats.clock(atMs), of: formats.clock(recording.durationMs) })}
        onSeek={seek}
      />
      <span className="shrink-0 text-ink-2">
        {formats.clock(atMs)} / {formats.clock(recording.durationMs)}
      </span>
      <button
        type="button"
        aria-label={t('player.speed', { speed: speedText })}
        onClick={() => {
          const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1
          setSpeed(next)
          if (audio.current) audio.current.playbackRate = next
        }}
        className="min-h-7 shrink-0 rounded-full border border-line px-2.5 text-small text-ink-2 hover:border-line-strong hover:text-ink"
      >
        {speedText}×
      </button>
    </section>
  )
}

/** The browser plays from the address; a bearer client must fetch the audio itself. */
function useSource(url: string): () => Promise<string> {
  const client = useApi()
  const { kind } = usePlatform()
  const blob = useRef<string | null>(null)
  useEffect(
    () => () => {
      if (blob.current) URL.revokeObjectURL(blob.current)
      blob.current = null
    },
    [],
  )
  return async () => {
    if (kind === 'web') return url
    if (!blob.current) {
      const response = await client.open('GET', url, { headers: { accept: 'audio/wav' } })
      blob.current = URL.createObjectURL(await response.blob())
    }
    return blob.current
  }
}
