import type { Effect } from '../dialog/state.ts'
import { type Language, type Line, type Pcm, rateHz } from '../ports.ts'
import type { Voice } from './ports.ts'

const pause = new Int16Array(rateHz * 0.12)
const firstSoundWithinMs = 3_000

export type Mouth = ReturnType<typeof createMouth>

/**
 * Turns sentences into sound on a line. Nothing is played before its first sound exists, so that a voice that fails is told
 * as a failure instead of as silence.
 */
export function createMouth(
  line: Line,
  voice: Voice,
  after: (ms: number, run: () => void) => () => void,
  onFailure: (playback: number, message: string) => void,
) {
  let current: AbortController | null = null

  async function speak({ playback, parts, language }: Extract<Effect, { type: 'speak' }>): Promise<void> {
    const mine = new AbortController()
    current = mine
    const cached = allCached(parts, language)
    if (cached) return line.play(playback, cached, parts.join(' '))
    const sound = soundOf(parts, language, mine.signal)[Symbol.asyncIterator]()
    const cancel = after(firstSoundWithinMs, () => mine.abort(new Error('The voice did not begin in time.')))
    try {
      const first = await untilAborted(sound.next(), mine.signal)
      if (mine.signal.aborted) return
      if (first.done) throw new Error('The voice made no sound.')
      line.play(playback, continued(first.value, sound), parts.join(' '))
    } catch (error) {
      const isStopped = current !== mine
      if (!isStopped) onFailure(playback, error instanceof Error ? error.message : 'The voice failed.')
    } finally {
      cancel()
    }
  }

  function allCached(parts: readonly string[], language: Language): Pcm | null {
    const pieces = parts.map(part => voice.cached(part, language))
    if (pieces.some(piece => piece === null)) return null
    return join(pieces.flatMap((piece, i) => (i === 0 ? [piece!] : [pause, piece!])))
  }

  async function* soundOf(parts: readonly string[], language: Language, signal: AbortSignal): AsyncGenerator<Pcm> {
    for (const [i, part] of parts.entries()) {
      if (signal.aborted) return
      if (i > 0) yield pause
      const known = voice.cached(part, language)
      if (known) yield known
      else yield* voice.speak(part, language, signal)
    }
  }

  return {
    speak(effect: Extract<Effect, { type: 'speak' }>): void {
      void speak(effect)
    },
    /** Sound for somebody else than the caller. */
    sound(text: string, language: Language, signal: AbortSignal): AsyncIterable<Pcm> {
      return soundOf([text], language, signal)
    },
    stop(): void {
      const stopped = current
      current = null
      stopped?.abort()
      line.clear()
    },
  }
}

/** A voice that breaks in the middle of a sentence ends it there. */
async function* continued(first: Pcm, rest: AsyncIterator<Pcm>): AsyncGenerator<Pcm> {
  yield first
  try {
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } catch {
    return
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {})
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function join(pieces: readonly Pcm[]): Pcm {
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

export { join as joinPcm }
