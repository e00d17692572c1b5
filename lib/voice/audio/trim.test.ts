import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFlite } from '../adapters/flite.ts'
import { type Pcm, rateHz } from '../ports.ts'
import { concat } from './resample.ts'
import { createTrimmer } from './trim.ts'

const ms = (samples: number) => (samples * 1_000) / rateHz
const silence = (lengthMs: number) => new Int16Array((lengthMs * rateHz) / 1_000)
const sound = (lengthMs: number) => silence(lengthMs).map((_, i) => Math.round(6_000 * Math.cos(i / 9)))
const last = { isLast: true, text: 'One moment.' }

/** Given in parts of this many samples, as a server sends them. */
function trim(samples: Pcm, partSamples: number, piece = last): Pcm {
  const trimmer = createTrimmer(piece)
  const parts: Pcm[] = []
  for (let at = 0; at < samples.length; at += partSamples) parts.push(trimmer.push(samples.slice(at, at + partSamples)))
  return concat([...parts, trimmer.flush()])
}

test('what a caller hears of a phrase begins within 20 ms and ends in 80 ms of silence, whichever voice made it', () => {
  const flite = createFlite()
  for (const voice of ['slt', 'rms'] as const) {
    for (const text of ['One moment.', 'I am still here.', 'Who is calling, please, and what is it about?']) {
      const raw = flite(text, voice)
      const first = raw.findIndex(sample => Math.abs(sample) >= 180)
      const spoken = raw.findLastIndex(sample => Math.abs(sample) >= 180) + 1 - first
      expect(ms(first)).toBeGreaterThan(100)
      const trimmed = trim(raw, 4_096)
      expect(trimmed.findIndex(sample => Math.abs(sample) >= 180)).toBe((rateHz / 1_000) * 20)
      expect(ms(trimmed.length - spoken)).toBeCloseTo(100, 3)
    }
  }
})

test('pauses inside stay as long as they are, also where the sound comes in parts', () => {
  const spoken = concat([silence(300), sound(200), silence(900), sound(200), silence(2_000)])
  const whole = trim(spoken, spoken.length)
  expect(ms(whole.length)).toBe(20 + 200 + 900 + 200 + 80)
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 20_000 }), partSamples => {
      expect(trim(spoken, partSamples)).toEqual(whole)
    }),
    { numRuns: 40 },
  )
})

test('the pause behind a piece is the one its text asks for', () => {
  const spoken = concat([sound(200), silence(400)])
  const pauseMs = (isLast: boolean, text: string) => ms(trim(spoken, 320, { isLast, text }).length) - 200
  expect(pauseMs(true, 'One moment.')).toBeCloseTo(80, 0)
  expect(pauseMs(false, 'One moment.')).toBeCloseTo(260, 0)
  expect(pauseMs(false, 'One moment,')).toBeCloseTo(130, 0)
})

test('silence alone is nothing', () => {
  expect(trim(silence(3_000), 320)).toHaveLength(0)
})
