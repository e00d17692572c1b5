import { frameMs, frameSamples, type Pcm } from '#lib/voice/ports.ts'

export type PlaybackEvent =
  | { type: 'playback_started'; playback: number }
  | { type: 'playback_finished'; playback: number; playedMs: number; isComplete: boolean }

type Item = {
  playback: number
  pieces: Pcm[]
  /** Samples in `pieces`. */
  length: number
  /** Samples that were handed out. */
  position: number
  isEnded: boolean
  isStarted: boolean
}

/**
 * What we are about to say on one leg, in order. Pure: the pacer asks for a frame every 20 ms. `leadFrames` is how much of
 * what was handed out the far side may still hold: "finished" waits for it, and a pause takes back what was dropped there.
 */
export function createPlayback({
  leadFrames: lead,
  emit,
}: {
  leadFrames: number
  emit: (event: PlaybackEvent) => void
}) {
  let leadFrames = lead
  const queue: Item[] = []
  let isPaused = false
  /** Ticks until the queue's first, wholly handed-out item has been heard. */
  let tailFrames = 0

  function item(playback: number): Item | undefined {
    return queue.find(one => one.playback === playback)
  }

  function finish(one: Item, isComplete: boolean, unheardFrames: number): void {
    const playedMs = Math.max(0, Math.round((one.position / frameSamples) * frameMs) - unheardFrames * frameMs)
    emit({ type: 'playback_finished', playback: one.playback, playedMs, isComplete })
  }

  return {
    setLead(frames: number) {
      leadFrames = frames
    },
    play(playback: number) {
      if (item(playback)) return
      queue.push({ playback, pieces: [], length: 0, position: 0, isEnded: false, isStarted: false })
    },
    audio(playback: number, pcm: Pcm) {
      const one = item(playback)
      if (!one || one.isEnded || pcm.length === 0) return
      one.pieces.push(pcm)
      one.length += pcm.length
    },
    end(playback: number) {
      const one = item(playback)
      if (one) one.isEnded = true
    },
    /** Stops where it is. `unheardFrames` is what the far side dropped; it is played again after `resume`. */
    pause(unheardFrames: number) {
      if (isPaused) return
      isPaused = true
      const first = queue[0]
      if (first) first.position = Math.max(0, first.position - unheardFrames * frameSamples)
      tailFrames = 0
    },
    resume() {
      isPaused = false
    },
    clear(unheardFrames: number) {
      isPaused = false
      tailFrames = 0
      for (const [index, one] of queue.splice(0).entries()) finish(one, false, index === 0 ? unheardFrames : 0)
    },
    get isIdle() {
      return queue.length === 0
    },
    get isPaused() {
      return isPaused
    },
    /** How many more whole frames of the first sentence are there already. */
    get aheadFrames() {
      const first = queue[0]
      return first ? Math.floor((first.length - first.position) / frameSamples) : 0
    },
    /** The frame of this tick, or null: silence. Call once for every 20 ms that are sent. */
    next(): Pcm | null {
      if (isPaused) return null
      for (let first = queue[0]; first; first = queue[0]) {
        if (first.position < first.length) {
          const available = first.length - first.position
          // a piece that is still growing waits for a whole frame; only the end may be short
          if (available < frameSamples && !first.isEnded) return null
          if (!first.isStarted) {
            first.isStarted = true
            emit({ type: 'playback_started', playback: first.playback })
          }
          const frame = cut(first)
          tailFrames = leadFrames
          return frame
        }
        if (!first.isEnded) return null
        if (tailFrames > 0 && queue.length === 1) {
          tailFrames--
          return null
        }
        // followed by more speech: the next one begins without a gap
        queue.shift()
        if (!first.isStarted) emit({ type: 'playback_started', playback: first.playback })
        finish(first, true, 0)
      }
      return null
    },
  }
}

export type Playback = ReturnType<typeof createPlayback>

function cut(one: Item): Pcm {
  const frame = new Int16Array(frameSamples)
  let filled = 0
  let skip = one.position
  for (const piece of one.pieces) {
    if (skip >= piece.length) {
      skip -= piece.length
      continue
    }
    const part = piece.subarray(skip, skip + frameSamples - filled)
    frame.set(part, filled)
    filled += part.length
    skip = 0
    if (filled === frameSamples) break
  }
  one.position += filled
  return frame
}
