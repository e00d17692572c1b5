import { type Pcm, rateHz } from '#lib/voice/ports.ts'

export const beepMs = 400

/** A tone of any length, at a comfortable level, faded at both ends so that it does not click. */
export function renderTone(frequenciesHz: readonly number[], lengthMs: number, level = 0.15): Pcm {
  const samples = new Int16Array(Math.round((lengthMs * rateHz) / 1000))
  const fade = Math.min(samples.length / 2, rateHz / 200)
  for (let i = 0; i < samples.length; i++) {
    let value = 0
    for (const hz of frequenciesHz) value += Math.sin((2 * Math.PI * hz * i) / rateHz)
    const edge = Math.min(1, i / fade, (samples.length - 1 - i) / fade)
    samples[i] = Math.round((value / frequenciesHz.length) * level * 32_767 * edge)
  }
  return samples
}
