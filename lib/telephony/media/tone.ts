import { frameMs, frameSamples, type Pcm, rateHz } from '#lib/voice/ports.ts'
import type { RingbackTone } from './protocol.ts'

/** Ringing tones as callers of a country know them. */
export const ringbackTones = {
  US: { frequenciesHz: [440, 480], onMs: 2_000, offMs: 4_000 },
  GB: { frequenciesHz: [400, 450], onMs: 1_000, offMs: 2_000 },
  DE: { frequenciesHz: [425], onMs: 1_000, offMs: 4_000 },
} satisfies Record<string, RingbackTone>

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

/** Ringback, frame after frame for as long as it is asked. */
export function createRingback({ frequenciesHz, onMs, offMs }: RingbackTone): () => Pcm | null {
  const tone = renderTone(frequenciesHz, onMs)
  const onFrames = Math.floor(onMs / frameMs)
  const cycleFrames = onFrames + Math.floor(offMs / frameMs)
  let at = 0
  return () => {
    const index = at++ % cycleFrames
    return index < onFrames ? tone.slice(index * frameSamples, (index + 1) * frameSamples) : null
  }
}
