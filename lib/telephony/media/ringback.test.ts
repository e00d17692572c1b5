import { expect, it } from 'vitest'
import { frameMs, type Pcm, rateHz } from '#lib/voice/ports.ts'
import { toneShare } from '../testing/goertzel.ts'
import { createRingback, ringbackOf } from './ringback.ts'

/** Milliseconds of sound and silence, one after the other, as a caller hears them. */
function heard(country: string, forMs: number): { cadence: number[]; sound: Pcm[] } {
  const next = createRingback(ringbackOf(country))
  const frames = Array.from({ length: forMs / frameMs }, next)
  const cadence: number[] = []
  for (const [at, frame] of frames.entries()) {
    const isSame = at > 0 && (frame === null) === (frames[at - 1] === null)
    if (isSame) cadence[cadence.length - 1]! += frameMs
    else cadence.push(frameMs)
  }
  return { cadence, sound: frames.filter(frame => frame !== null) }
}

it.each([
  ['DE', [1_000, 4_000, 1_000, 4_000]],
  ['US', [2_000, 4_000, 2_000, 4_000]],
  ['GB', [400, 200, 400, 2_000, 400, 200, 400, 2_000]],
  ['FR', [1_500, 3_500, 1_500, 3_500]],
])('rings in %s as callers there know it', (country, cadence) => {
  const lengthMs = cadence.reduce((sum, ms) => sum + ms, 0)
  expect(heard(country, lengthMs).cadence).toEqual(cadence)
})

it.each([
  ['DE', [425]],
  ['US', [440, 480]],
  ['GB', [400, 450]],
])('has the pitch of %s', (country, frequenciesHz) => {
  const { sound } = heard(country, 400)
  const all = new Int16Array(sound.length * sound[0]!.length)
  for (const [at, frame] of sound.entries()) all.set(frame, at * frame.length)
  const shares = frequenciesHz.map(hz => toneShare(all, hz, rateHz))
  for (const share of shares) expect(share).toBeGreaterThan(0.6 / frequenciesHz.length)
})

it('rings as most of the world does where nothing else is known', () => {
  expect(ringbackOf('XX')).toEqual(ringbackOf('DE'))
})
