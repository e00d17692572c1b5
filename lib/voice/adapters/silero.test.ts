import { describe, expect, test } from 'vitest'
import { frameMs, frameSamples, type Pcm, rateHz } from '../ports.ts'
import { interruptedAfterMs as measure, overThePhone } from '../testing/interrupting.ts'
import { createFlite } from './flite.ts'
import { createSileroVad } from './silero.ts'

const flite = createFlite()

function interruptedAfterMs(pcm: Pcm): number | null {
  const vad = createSileroVad()
  try {
    return measure(pcm, vad)
  } finally {
    vad.close()
  }
}

describe('somebody who speaks while we do', () => {
  const sentences = [
    'Wait a moment, I would like to say something about that.',
    'Please stop talking now. I have a question about my order.',
    'No, that is not it.',
    'Hello? I want to speak to a person.',
    'Excuse me, I need a human.',
    'I do not want that.',
  ]

  test('is heard within 250 ms, detection included; later only after a soft beginning', async () => {
    const took: number[] = []
    for (const voice of ['rms', 'slt'] as const) {
      for (const sentence of sentences) {
        const spoken = flite(sentence, voice)
        for (const offset of [0, 107, 213]) {
          took.push(interruptedAfterMs(await overThePhone(spoken, offset)) ?? Number.POSITIVE_INFINITY)
        }
      }
    }
    took.sort((a, b) => a - b)
    expect(took[Math.floor(took.length * 0.9)]).toBeLessThanOrEqual(250)
    expect(took.at(-1)).toBeLessThanOrEqual(300)
  })

  test('is not made up from coughs, clicks, a tone or our own faint echo', async () => {
    const noise = (ms: number, level: number) =>
      Int16Array.from({ length: (rateHz * ms) / 1_000 }, (_, i) => (((i * 7_919) % 20_011) / 10_005 - 1) * level)
    const clicks = Int16Array.from({ length: rateHz * 3 }, (_, i) => (i % 3_200 < 12 ? 20_000 : 0))
    const tone = Int16Array.from({ length: rateHz }, (_, i) => 8_000 * Math.sin(i / 6))
    const echo = flite('Could you tell me what it is about, please?', 'rms').map(sample => sample / 12)
    for (const sound of [noise(300, 10_000), noise(80, 20_000), clicks, tone, echo]) {
      expect(interruptedAfterMs(await overThePhone(sound))).toBeNull()
    }
  })
})

test('a detector that served a call is as quick for the next', async () => {
  const spoken = await overThePhone(flite('No, that is not it.', 'rms'))
  const first = interruptedAfterMs(spoken)
  expect(interruptedAfterMs(spoken)).toBe(first)
  const vad = createSileroVad()
  for (let at = 0; at + frameSamples <= spoken.length; at += frameSamples)
    vad.score(spoken.slice(at, at + frameSamples))
  vad.reset()
  expect(vad.score(spoken.slice(0, frameSamples))).toBeLessThan(0.1)
  vad.close()
  expect(interruptedAfterMs(spoken)).toBe(first)
})

test('the end of speech is told as it was heard, not as late as the detector noticed', async () => {
  const off: number[] = []
  for (const voice of ['rms', 'slt'] as const) {
    for (const sentence of ['Please call me back.', 'It is about my order.', 'Hello, is that you?']) {
      const said = flite(sentence, voice)
      // without the breath behind the last sound, which a detector may well take for speech
      const spoken = await overThePhone(
        said.slice(
          0,
          said.findLastIndex(sample => Math.abs(sample) > 300),
        ),
      )
      const vad = createSileroVad()
      const scores = Array.from({ length: Math.floor(spoken.length / frameSamples) }, (_, at) =>
        vad.score(spoken.slice(at * frameSamples, (at + 1) * frameSamples)),
      )
      vad.close()
      const endedMs = (scores.findLastIndex(score => score >= 0.35) + 1) * frameMs - (vad.tailMs ?? 0)
      off.push(endedMs - (spoken.findLastIndex(sample => Math.abs(sample) > 300) / rateHz) * 1_000)
    }
  }
  // never earlier, so that nobody's last sound counts as silence
  expect(Math.min(...off)).toBeGreaterThan(-20)
  expect(Math.max(...off)).toBeLessThan(60)
})
