import { frameSamples, type Pcm } from '#lib/voice/ports.ts'
import type { Recorder } from './recorder.ts'

const silence = new Int16Array(frameSamples)
/** Caller's frames that wait for their place beside ours. */
const mostWaitingFrames = 10

/**
 * Both sides of a call in one recording, the caller left and our voice right, as long as the call itself: what goes out a
 * second time or ahead of time (see `repeat`) is made up for with as much less silence afterwards.
 */
export function createStereo() {
  let recorder: Recorder | null = null
  let heard: Pcm[] = []
  let surplusFrames = 0
  return {
    begin(next: Recorder) {
      recorder = next
    },
    /** What was being written, to be closed. */
    end(): Recorder | null {
      const ended = recorder
      recorder = null
      heard = []
      return ended
    },
    hear(frame: Pcm) {
      if (!recorder) return
      heard.push(frame)
      if (heard.length > mostWaitingFrames) heard.shift()
    },
    /** This many frames more than the clock says are about to go out. */
    repeat(frames: number) {
      surplusFrames += frames
    },
    /** One frame went out; null: silence. */
    say(frame: Pcm | null) {
      if (!frame && surplusFrames > 0) surplusFrames--
      else recorder?.write(interleave(heard.shift() ?? silence, frame ?? silence))
    },
  }
}

function interleave(left: Pcm, right: Pcm): Pcm {
  const both = new Int16Array(left.length * 2)
  for (let i = 0; i < left.length; i++) {
    both[i * 2] = left[i]!
    both[i * 2 + 1] = right[i] ?? 0
  }
  return both
}
