import { createFlite } from '#lib/voice/adapters/flite.ts'
import { frameMs, frameSamples, type Pcm } from '#lib/voice/ports.ts'
import { levelOf } from '../../e2e/asterisk/ear.ts'
import type { Person } from '../../e2e/asterisk/people.ts'

const flite = createFlite()
const audible = 300

/** A sentence without the silence that the voice puts before and after it: what is timed is what can be heard. */
export function sentence(text: string): Pcm {
  const spoken = flite(text, 'rms')
  const levels = Array.from({ length: Math.floor(spoken.length / frameSamples) }, (_, at) =>
    levelOf(spoken.subarray(at * frameSamples, (at + 1) * frameSamples)),
  )
  const from = levels.findIndex(level => level > audible)
  const to = levels.findLastIndex(level => level > audible)
  return spoken.slice(from * frameSamples, (to + 1) * frameSamples)
}

/** Speaks; when the first and the last of it left the caller's mouth. */
export async function say(caller: Person, words: Pcm): Promise<{ fromMs: number; toMs: number }> {
  const toMs = await caller.say(words)
  return { fromMs: toMs - (words.length / frameSamples) * frameMs, toMs }
}

export const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** `count` times, never more than `lanes` at once. */
export async function inLanes(count: number, lanes: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(lanes, count) }, async (_, lane) => {
      // not everybody rings in the same instant
      await pause(lane * 700)
      while (next < count) await work(next++)
    }),
  )
}
