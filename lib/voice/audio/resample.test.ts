import { expect, test } from 'vitest'
import { concat, createResampler, prepareResamplers, resample } from './resample.ts'

const tone = (hz: number, rate: number, count: number) =>
  new Int16Array(count).map((_, i) => Math.round(8000 * Math.sin((i / rate) * 2 * Math.PI * hz)))

test('a tone survives 8 kHz to 16 kHz and back to the sample', async () => {
  const before = tone(440, 8000, 8000)
  const wide = await resample(before, 8000, 16_000)
  expect(wide.length).toBe(16_000)
  const after = await resample(wide, 16_000, 8000)
  expect(after.length).toBe(8000)
  for (let i = 100; i < 7900; i++) expect(Math.abs(before[i]! - after[i]!)).toBeLessThan(40)
})

test('a stream cut into frames sounds like the stream in one piece', async () => {
  const whole = tone(700, 8000, 8000)
  const expected = await resample(whole, 8000, 16_000)
  const resampler = await createResampler(8000, 16_000)
  const pieces: Int16Array[] = []
  for (let at = 0; at < whole.length; at += 160) pieces.push(resampler.push(whole.subarray(at, at + 160)))
  pieces.push(resampler.flush())
  resampler.close()
  const got = concat(pieces)
  expect(got.length).toBe(expected.length)
  for (let i = 0; i < 15_000; i++) expect(Math.abs(got[i]! - expected[i]!)).toBeLessThan(4)
})

test('a converter that served one call carries nothing of it into the next', async () => {
  await prepareResamplers(8000, 16_000, 1)
  const first = await createResampler(8000, 16_000)
  first.push(tone(300, 8000, 4000))
  first.close()
  first.close()
  expect(first.push(tone(300, 8000, 160)).length).toBe(0)
  const second = await createResampler(8000, 16_000)
  expect(second.push(new Int16Array(1600)).every(sample => sample === 0)).toBe(true)
  second.close()
})

test('odd voice rates become 16 kHz', async () => {
  for (const hz of [11_025, 22_050, 24_000, 44_100, 48_000]) {
    expect((await resample(tone(440, hz, hz), hz, 16_000)).length).toBe(16_000)
  }
})
