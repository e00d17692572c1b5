/** 40 ms: a frame that is lost shifts the phase, so a longer look would not add up. */
const windowsPerSecond = 25

/** How much of these samples' energy is a tone of `hz`: 1 for a pure tone, near 0 for anything else. */
export function toneShare(samples: Int16Array, hz: number, rateHz: number): number {
  const length = rateHz / windowsPerSecond
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rateHz)
  let [energy, power] = [0, 0]
  for (let at = 0; at + length <= samples.length; at += length) {
    let [before, last] = [0, 0]
    for (const sample of samples.subarray(at, at + length)) {
      ;[before, last] = [last, sample + coefficient * last - before]
      energy += sample * sample
    }
    power += (2 * (before * before + last * last - coefficient * before * last)) / length
  }
  return energy === 0 ? 0 : power / energy
}
