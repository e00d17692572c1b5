/** How much of these samples' energy is a tone of `hz`: 1 for a pure tone, near 0 for anything else. */
export function toneShare(samples: Int16Array, hz: number, rateHz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rateHz)
  let [before, last, energy] = [0, 0, 0]
  for (const sample of samples) {
    ;[before, last] = [last, sample + coefficient * last - before]
    energy += sample * sample
  }
  const power = before * before + last * last - coefficient * before * last
  return energy === 0 ? 0 : (2 * power) / (samples.length * energy)
}
