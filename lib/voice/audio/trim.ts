import { type Pcm, rateHz } from '../ports.ts'
import { concat } from './resample.ts'

const milliseconds = rateHz / 1000
/** Fainter than this nobody hears anything. */
const quiet = 180
const beforeMs = 20
const behindMs = 40

/** How a piece of a text ends: with it the pause before the next one is chosen. */
export type Piece = { isLast: boolean; text: string }

/**
 * The silence around a piece of speech is dead air for a caller. While the sound comes, this cuts what is before it down to
 * 20 ms and what is behind it to a natural pause; pauses inside stay.
 */
export function createTrimmer(piece: Piece): {
  push(samples: Pcm): Pcm
  /** The end of the piece: what is left of it, and the pause behind it. Empty when there never was a sound. */
  flush(): Pcm
} {
  let hasBegun = false
  /** Silence of which nobody knows yet whether a sound follows. */
  let held: Pcm[] = []
  return {
    push(samples) {
      const first = samples.findIndex(isHeard)
      if (first < 0) {
        if (hasBegun) held.push(samples)
        else held = [concat([...held, samples]).slice(-beforeMs * milliseconds)]
        return new Int16Array(0)
      }
      const before = concat(held)
      const from = hasBegun ? 0 : Math.max(0, before.length + first - beforeMs * milliseconds)
      const end = samples.findLastIndex(isHeard) + 1
      const sound = concat([before, samples.subarray(0, end)]).slice(from)
      if (!hasBegun) fade(sound, 'in')
      hasBegun = true
      held = [samples.slice(end)]
      return sound
    },
    flush() {
      if (!hasBegun) return new Int16Array(0)
      const pauseMs = piece.isLast ? 40 : /[.!?]$/.test(piece.text) ? 220 : 90
      const rest = concat(held).slice(0, behindMs * milliseconds)
      held = []
      fade(rest, 'out')
      return concat([rest, new Int16Array(pauseMs * milliseconds)])
    },
  }
}

const isHeard = (sample: number) => Math.abs(sample) >= quiet

/** 3 ms, so that a cut does not click. */
function fade(samples: Pcm, way: 'in' | 'out'): void {
  const count = Math.min(3 * milliseconds, samples.length)
  for (let i = 0; i < count; i++) {
    const at = way === 'in' ? i : samples.length - 1 - i
    samples[at] = Math.round((samples[at]! * i) / count)
  }
}
