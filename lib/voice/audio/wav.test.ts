import { expect, test } from 'vitest'
import { bytesFromPcm, decodeWav, encodeWav, floatSample, fromFloats, pcmFromBytes, toFloats, toMono } from './wav.ts'

const samples = Int16Array.of(0, 1, -1, 32_767, -32_768, 1234)

test('what was written is read back', () => {
  expect(decodeWav(encodeWav(samples))).toEqual({ rateHz: 16_000, channels: 1, samples })
  expect(decodeWav(encodeWav(samples, 8000, 2))).toEqual({ rateHz: 8000, channels: 2, samples })
})

test('a length of zero, of all ones or beyond the end of the file means: to the end', () => {
  for (const length of [0, 0xffff_ffff, 5000]) {
    const bytes = encodeWav(samples)
    new DataView(bytes.buffer).setUint32(40, length, true)
    expect(decodeWav(bytes).samples).toEqual(samples)
  }
})

test('other sample formats and unknown chunks are understood', () => {
  const plain = encodeWav(samples)
  const withList = new Uint8Array(plain.length + 12)
  withList.set(plain.subarray(0, 36))
  withList.set([0x4c, 0x49, 0x53, 0x54, 3, 0, 0, 0, 1, 2, 3, 0], 36)
  withList.set(plain.subarray(36), 48)
  expect(decodeWav(withList).samples).toEqual(samples)

  const floats = new Float32Array([0, 0.5, -0.5, 2, -2, Number.NaN])
  const asFloat = new Uint8Array(44 + floats.byteLength)
  asFloat.set(encodeWav(new Int16Array(0)))
  const view = new DataView(asFloat.buffer)
  view.setUint16(20, 3, true)
  view.setUint16(34, 32, true)
  view.setUint32(40, floats.byteLength, true)
  asFloat.set(new Uint8Array(floats.buffer), 44)
  expect([...decodeWav(asFloat).samples]).toEqual([0, 16_384, -16_383, 32_767, -32_768, 0])
})

test('a file that is no WAV, is cut short, or claims the impossible is refused with a sentence', () => {
  const wrong = (change: (view: DataView, bytes: Uint8Array) => void) => {
    const bytes = encodeWav(samples)
    change(new DataView(bytes.buffer), bytes)
    return () => decodeWav(bytes)
  }
  expect(() => decodeWav(new Uint8Array(0))).toThrow('not a WAV file')
  expect(() => decodeWav(new TextEncoder().encode('{"error":"x"}'))).toThrow('not a WAV file')
  expect(() => decodeWav(encodeWav(samples).subarray(0, 40))).toThrow('holds no sound')
  expect(wrong(view => view.setUint16(22, 0, true))).toThrow('0 channels')
  expect(wrong(view => view.setUint32(24, 1, true))).toThrow('1 Hz')
  expect(wrong(view => view.setUint16(20, 85, true))).toThrow('format 85')
})

test('bytes, floats and samples turn into each other', () => {
  expect(pcmFromBytes(bytesFromPcm(samples))).toEqual(samples)
  expect(pcmFromBytes(Uint8Array.of(1, 0, 9))).toEqual(Int16Array.of(1))
  expect(fromFloats(toFloats(Int16Array.of(100, -100)))).toEqual(Int16Array.of(100, -100))
  expect(floatSample(1)).toBe(32_767)
  expect([...toMono({ samples: Int16Array.of(10, 20, -4, -6), channels: 2 })]).toEqual([15, -5])
})
