import { frameSamples, type Pcm } from '../ports.ts'

/** Cuts what is longer than `limit` samples into parts, each at the quietest moment of its last third, so that no word is split. */
export function cutAtPauses(samples: Pcm, limit: number): Pcm[] {
  const parts: Pcm[] = []
  let start = 0
  while (samples.length - start > limit) {
    const cut = quietest(samples, start + Math.floor((limit * 2) / 3), start + limit)
    parts.push(samples.subarray(start, cut))
    start = cut
  }
  parts.push(samples.subarray(start))
  return parts
}

function quietest(samples: Pcm, from: number, to: number): number {
  // a pause is longer than a consonant: 100 ms are looked at together
  const width = frameSamples * 5
  let best = to
  let least = Number.POSITIVE_INFINITY
  for (let at = from; at + width <= to; at += frameSamples) {
    let energy = 0
    for (let i = at; i < at + width; i += 4) energy += samples[i]! * samples[i]!
    if (energy < least) {
      least = energy
      best = at + width / 2
    }
  }
  return best
}
