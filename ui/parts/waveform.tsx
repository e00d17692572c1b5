import { useMemo } from 'react'

type WaveformProps = {
  peaks: readonly number[]
  atMs: number
  durationMs: number
  label: string
  valueText: string
  onSeek(atMs: number): void
}

const bars = 72

/** Fewer, wider bars than peaks: the loudest of each group. */
function thin(peaks: readonly number[]): number[] {
  if (peaks.length === 0) return Array.from({ length: bars }, () => 0.12)
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars))
    return Math.max(0.06, ...peaks.slice(from, to))
  })
}

/** The loudness of a recording, and the slider that moves in it. */
export function Waveform({ peaks, atMs, durationMs, label, valueText, onSeek }: WaveformProps) {
  const heights = useMemo(() => thin(peaks), [peaks])
  const played = durationMs > 0 ? atMs / durationMs : 0
  return (
    <div className="relative h-9 min-w-0 flex-1 rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <svg viewBox={`0 0 ${bars * 3} 36`} preserveAspectRatio="none" className="size-full" aria-hidden>
        {heights.map((height, bar) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={bar}
            x={bar * 3}
            y={18 - height * 17}
            width={1.8}
            height={height * 34}
            rx={0.9}
            className={bar / bars < played ? 'fill-accent' : 'fill-ink-3 opacity-45'}
          />
        ))}
      </svg>
      <input
        type="range"
        min={0}
        max={Math.max(1, Math.round(durationMs / 100))}
        value={Math.round(atMs / 100)}
        aria-label={label}
        aria-valuetext={valueText}
        onChange={event => onSeek(Number(event.target.value) * 100)}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
    </div>
  )
}
