import { frameSamples, type Pcm } from '#lib/voice/ports.ts'

/** Cuts audio that comes in pieces of any length into 20 ms frames, carrying over what does not fill one. */
export function createFramer(samplesPerFrame = frameSamples): {
  push(samples: Pcm): Pcm[]
  /** What is left, filled up with silence. */
  flush(): Pcm | null
} {
  let rest = new Int16Array(0)
  return {
    push(samples) {
      let whole = samples
      if (rest.length > 0) {
        whole = new Int16Array(rest.length + samples.length)
        whole.set(rest)
        whole.set(samples, rest.length)
      }
      const frames: Pcm[] = []
      let at = 0
      for (; at + samplesPerFrame <= whole.length; at += samplesPerFrame) {
        frames.push(whole.slice(at, at + samplesPerFrame))
      }
      rest = whole.slice(at)
      return frames
    },
    flush() {
      if (rest.length === 0) return null
      const frame = new Int16Array(samplesPerFrame)
      frame.set(rest)
      rest = new Int16Array(0)
      return frame
    },
  }
}
