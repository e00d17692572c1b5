import { frameMs, frameSamples, type Pcm } from '#lib/voice/ports.ts'
import type { RingbackTone } from './protocol.ts'
import { renderTone } from './tone.ts'

/** What most of the world hears, and what ITU-T E.180 recommends. */
const usual: RingbackTone = { frequenciesHz: [425], cadenceMs: [1_000, 4_000] }
const double = [400, 200, 400, 2_000]

/**
 * Ringing tones that differ from it, by country: ITU-T E.180 Supplement 2 ("Various tones used in national networks", 2003),
 * for Australia ACIF S002. A tone that a lower one modulates is written as the two that make the same beat.
 */
const national: Record<string, RingbackTone> = {
  AR: { frequenciesHz: [425], cadenceMs: [1_000, 4_500] },
  AT: { frequenciesHz: [420], cadenceMs: [1_000, 5_000] },
  AU: { frequenciesHz: [413, 438], cadenceMs: double },
  BE: { frequenciesHz: [425], cadenceMs: [1_000, 3_000] },
  CA: { frequenciesHz: [440, 480], cadenceMs: [2_000, 4_000] },
  CL: { frequenciesHz: [400], cadenceMs: [1_000, 3_000] },
  CN: { frequenciesHz: [450], cadenceMs: [1_000, 4_000] },
  ES: { frequenciesHz: [425], cadenceMs: [1_500, 3_000] },
  FR: { frequenciesHz: [440], cadenceMs: [1_500, 3_500] },
  GB: { frequenciesHz: [400, 450], cadenceMs: double },
  HU: { frequenciesHz: [425], cadenceMs: [1_250, 3_750] },
  IE: { frequenciesHz: [400, 450], cadenceMs: double },
  IL: { frequenciesHz: [400], cadenceMs: [1_000, 3_000] },
  IN: { frequenciesHz: [375, 425], cadenceMs: double },
  JP: { frequenciesHz: [384, 416], cadenceMs: [1_000, 2_000] },
  KR: { frequenciesHz: [440, 480], cadenceMs: [1_000, 2_000] },
  NZ: { frequenciesHz: [400, 450], cadenceMs: double },
  PT: { frequenciesHz: [425], cadenceMs: [1_000, 5_000] },
  SE: { frequenciesHz: [425], cadenceMs: [1_000, 5_000] },
  SG: { frequenciesHz: [425], cadenceMs: double },
  TR: { frequenciesHz: [450], cadenceMs: [2_000, 4_000] },
  TW: { frequenciesHz: [440, 480], cadenceMs: [1_000, 2_000] },
  US: { frequenciesHz: [440, 480], cadenceMs: [2_000, 4_000] },
  ZA: { frequenciesHz: [367, 433], cadenceMs: double },
}

/** The tone by which a caller of this country (two letters) knows that it rings. */
export const ringbackOf = (country: string): RingbackTone => national[country] ?? usual

/** Ringback, frame after frame for as long as it is asked. */
export function createRingback({ frequenciesHz, cadenceMs }: RingbackTone): () => Pcm | null {
  const cycle = cadenceMs.flatMap((ms, index): (Pcm | null)[] => {
    const frames = Math.floor(ms / frameMs)
    if (index % 2 === 1) return new Array<null>(frames).fill(null)
    const tone = renderTone(frequenciesHz, ms)
    return Array.from({ length: frames }, (_, at) => tone.subarray(at * frameSamples, (at + 1) * frameSamples))
  })
  let at = 0
  // a copy: whoever sends a frame may do so by handing its memory over
  return () => cycle[at++ % cycle.length]?.slice() ?? null
}
