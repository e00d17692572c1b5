import type { Vad } from '#lib/voice/ports.ts'

/** Silence in a voicemail is recognised even on a machine where no better ear loads: louder than the room is speech. */
export function createEnergyVad(): Vad {
  let floor = 200
  return {
    score(frame) {
      let sum = 0
      for (const sample of frame) sum += sample * sample
      const level = Math.sqrt(sum / frame.length)
      // the floor follows quiet at once and noise slowly
      floor = level < floor ? level : Math.min(2_000, floor * 1.005 + 0.5)
      const ratio = level / Math.max(60, floor * 3)
      return Math.max(0, Math.min(1, ratio - 0.5))
    },
    reset() {
      floor = 200
    },
    close() {},
  }
}
