import { frameMs, frameSamples, type Pcm, rateHz } from '#lib/voice/ports.ts'

/** Louder than line noise and resampling leave behind. */
const soundLevel = 300
/** What is kept of a pause on either side of it. */
const pauseFrames = Math.round(250 / frameMs)

/** The tone before a message. */
export const beepHz = 1_000

/** What somebody heard, frame by frame, with the time at which each frame came. */
export type Ear = {
  hear(frame: Pcm): void
  /** Everything since `fromMs` (performance.now()). */
  pcm(fromMs?: number): Pcm
  /** The same without what nobody needs to listen to: pauses are cut to half a second. */
  spoken(fromMs?: number): Pcm
  /** The next `lengthMs` from a moment on; waits until they were heard. */
  listen(fromMs: number, lengthMs: number): Promise<Pcm>
  /** When the first sound after `fromMs` came; waits for it. */
  sound(options?: { fromMs?: number; timeoutMs?: number; lastingMs?: number }): Promise<number>
  /** When a steady tone of `hz` that began after `fromMs` was over; waits for it. */
  toneOver(hz: number, options?: { fromMs?: number; timeoutMs?: number; lastingMs?: number }): Promise<number>
  /** When it became quiet for `lastingMs` after `fromMs`: the time of the last sound. */
  quiet(options?: { fromMs?: number; timeoutMs?: number; lastingMs?: number }): Promise<number>
  /** The longest stretch without sound between two moments, as a telephone hears it: see sentTimes. */
  longestSilenceMs(fromMs: number, toMs: number): number
  /** Milliseconds between frames, sorted. */
  intervals(fromMs?: number): number[]
  readonly frames: number
}

export function levelOf(frame: Pcm): number {
  let sum = 0
  for (const sample of frame) sum += sample * sample
  return Math.sqrt(sum / Math.max(1, frame.length))
}

export function createEar(): Ear {
  const frames: { atMs: number; frame: Pcm; level: number }[] = []
  const waiting = new Set<() => void>()

  function until<T>(look: () => T | null, what: string, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      // an Asterisk that records sends nothing at all: that is silence too
      const poll = setInterval(() => check(), 100)
      const timer = setTimeout(() => {
        waiting.delete(check)
        clearInterval(poll)
        reject(new Error(`${what} within ${timeoutMs} ms`))
      }, timeoutMs)
      const check = () => {
        const found = look()
        if (found === null) return
        clearTimeout(timer)
        clearInterval(poll)
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
    })
  }

  return {
    hear(frame) {
      frames.push({ atMs: performance.now(), frame, level: levelOf(frame) })
      for (const check of [...waiting]) check()
    },
    get frames() {
      return frames.length
    },
    pcm(fromMs = 0) {
      return joined(frames.filter(one => one.atMs >= fromMs).map(({ frame }) => frame))
    },
    spoken(fromMs = 0) {
      const since = frames.filter(one => one.atMs >= fromMs)
      const isNear = since.map(() => false)
      for (const [index, { level }] of since.entries()) {
        if (level > soundLevel) isNear.fill(true, Math.max(0, index - pauseFrames), index + pauseFrames)
      }
      return joined(since.flatMap(({ frame }, index) => (isNear[index] ? [frame] : [])))
    },
    listen(fromMs, lengthMs) {
      const samples = Math.round((lengthMs * rateHz) / 1000)
      return until(
        () => {
          const heard = this.pcm(fromMs)
          return heard.length >= samples ? heard.subarray(0, samples) : null
        },
        'not enough was heard',
        lengthMs + 10_000,
      )
    },
    sound({ fromMs = 0, timeoutMs = 15_000, lastingMs = 60 } = {}) {
      return until(
        () => {
          let run = 0
          for (const { atMs, level } of frames) {
            if (atMs < fromMs) continue
            run = level > soundLevel ? run + frameMs : 0
            if (run >= lastingMs) return atMs - run + frameMs
          }
          return null
        },
        'nothing was heard',
        timeoutMs,
      )
    },
    toneOver(hz, { fromMs = 0, timeoutMs = 15_000, lastingMs = 200 } = {}) {
      let next = 0
      let run = 0
      // each frame is looked at once: this is work, and there are fifty of them a second
      return until(
        () => {
          for (; next < frames.length; next++) {
            const { atMs, frame, level } = frames[next]!
            if (atMs < fromMs) continue
            const before = frames[next - 1]?.frame ?? frame
            if (level > soundLevel && shareOf(joined([before, frame]), hz) > 0.8) run += frameMs
            else if (run >= lastingMs) return atMs
            else run = 0
          }
          return null
        },
        `no tone of ${hz} Hz was heard`,
        timeoutMs,
      )
    },
    quiet({ fromMs = 0, timeoutMs = 30_000, lastingMs = 600 } = {}) {
      return until(
        () => {
          let last = fromMs
          for (const { atMs, level } of frames) {
            if (atMs < fromMs) continue
            if (level > soundLevel) last = atMs
            else if (atMs - last >= lastingMs) return last
          }
          return performance.now() - last >= lastingMs ? last : null
        },
        'it did not become quiet',
        timeoutMs,
      )
    },
    longestSilenceMs(fromMs, toMs) {
      const times = sentTimes(frames.map(({ atMs }) => atMs))
      let last = fromMs
      let longest = 0
      for (const [index, { level }] of frames.entries()) {
        const atMs = times[index]!
        if (atMs < fromMs || atMs > toMs || level <= soundLevel) continue
        longest = Math.max(longest, atMs - last)
        last = atMs
      }
      return Math.max(longest, toMs - last)
    },
    intervals(fromMs = 0) {
      const times = frames.map(one => one.atMs).filter(at => at >= fromMs)
      return times
        .slice(1)
        .map((at, index) => at - times[index]!)
        .sort((a, b) => a - b)
    },
  }
}

/**
 * When frames were sent at the latest, from when this process read them. A telephone plays one frame every 20 ms; here they
 * share a machine with everything that is tested, and several are read at once after this process had to wait. That is not
 * what a caller hears: a frame cannot have come later than its successor less its own length.
 */
export function sentTimes(readMs: readonly number[]): number[] {
  const times = [...readMs]
  for (let at = times.length - 2; at >= 0; at--) times[at] = Math.min(times[at]!, times[at + 1]! - frameMs)
  return times
}

function joined(frames: readonly Pcm[]): Pcm {
  const all = new Int16Array(frames.length * frameSamples)
  for (const [index, frame] of frames.entries()) all.set(frame, index * frameSamples)
  return all
}

/** A steady tone: a caller who is easily told from everything else. */
export function tone(hz: number, lengthMs: number, level = 8_000): Pcm {
  const samples = new Int16Array(Math.round((lengthMs * rateHz) / 1000))
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round(level * Math.sin((2 * Math.PI * hz * i) / rateHz))
  return samples
}

const windowSamples = 2 * frameSamples

/** How much of a sound is at one frequency, 0..1 (Goertzel, 40 ms at a time: a lost frame shifts the phase). */
export function shareOf(pcm: Pcm, hz: number): number {
  let energy = 0
  let power = 0
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rateHz)
  for (let at = 0; at + windowSamples <= pcm.length; at += windowSamples) {
    let s1 = 0
    let s2 = 0
    for (let i = at; i < at + windowSamples; i++) {
      const sample = pcm[i]!
      energy += sample * sample
      const s0 = sample + coefficient * s1 - s2
      s2 = s1
      s1 = s0
    }
    power += (2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2)) / windowSamples
  }
  return energy === 0 ? 0 : Math.min(1, power / energy)
}
