import type { Pcm } from '#lib/voice/ports.ts'

/** So much is kept back before the first sound (60 ms), against frames that come late. */
const cushionFrames = 3
/** Two clocks are never equal: what piles up beyond this (240 ms) is cut, so that nobody hears the past. */
const mostFrames = 12

/** What one person says on its way to another leg's ear: their clock's frames in, a frame for each tick of ours out. */
export function createCrossfeed() {
  let waiting: Pcm[] = []
  let isFlowing = false
  return {
    push(frame: Pcm): void {
      waiting.push(frame)
      if (waiting.length > mostFrames) waiting = waiting.slice(-cushionFrames)
    },
    /** null: nothing to be heard now. */
    next(): Pcm | null {
      if (!isFlowing && waiting.length < cushionFrames) return null
      const frame = waiting.shift()
      isFlowing = frame !== undefined
      return frame ?? null
    },
  }
}

export type Crossfeed = ReturnType<typeof createCrossfeed>
