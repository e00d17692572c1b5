import { expect, it } from 'vitest'
import { frameSamples } from '#lib/voice/ports.ts'
import { createEar, sentTimes, tone } from './ear.ts'

it('knows that frames which were read at once were sent one after the other', () => {
  expect(sentTimes([0, 20, 140, 140, 140, 140, 160])).toEqual([0, 20, 80, 100, 120, 140, 160])
})

it('takes frames that came late, and go on at their own pace, for a gap', () => {
  expect(sentTimes([0, 20, 140, 160, 180])).toEqual([0, 20, 140, 160, 180])
})

it('cuts pauses short, and nothing of what was said', () => {
  const ear = createEar()
  const hum = tone(440, 1_000)
  const hear = (samples: Int16Array) => {
    for (let at = 0; at < samples.length; at += frameSamples) ear.hear(samples.subarray(at, at + frameSamples))
  }
  hear(new Int16Array(16_000 * 5))
  hear(hum)
  hear(new Int16Array(16_000 * 20))
  hear(hum)
  const seconds = ear.spoken().length / 16_000
  expect(ear.pcm()).toHaveLength(16_000 * 27)
  expect(seconds).toBeGreaterThan(2.4)
  expect(seconds).toBeLessThan(3)
})
