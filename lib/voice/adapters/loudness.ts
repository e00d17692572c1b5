import { concat } from '../audio/resample.ts'
import { createTrimmer, type Piece } from '../audio/trim.ts'
import { type Pcm, rateHz } from '../ports.ts'

const milliseconds = rateHz / 1000
const quiet = 180
const targetRms = 4200
const peakLimit = 29_000

/**
 * Cuts the silence an engine puts around a piece (flite: 190 ms before, 215 ms after; the first of it is dead air for a
 * caller), gives back a natural pause before the next piece, and brings every voice to one loudness without clipping.
 */
export function trimSpeech(samples: Pcm, piece: Piece): Pcm {
  const trimmer = createTrimmer(piece)
  const speech = concat([trimmer.push(samples), trimmer.flush()])
  level(speech)
  return speech
}

function level(samples: Pcm): void {
  let energy = 0
  let loud = 0
  let peak = 1
  for (const sample of samples) {
    const size = Math.abs(sample)
    if (size > peak) peak = size
    if (size > quiet) {
      energy += sample * sample
      loud += 1
    }
  }
  const rms = Math.sqrt(energy / Math.max(1, loud))
  const gain = Math.min(Math.max(targetRms / Math.max(1, rms), 0.4), 2.5, peakLimit / peak)
  for (let i = 0; i < samples.length; i++) samples[i] = Math.round(samples[i]! * gain)
}

/** Whether anybody could be speaking here: the loudest 20 ms frames are above a whisper. Not a Vad, only a guard before a model that invents words on silence. */
export function isAudible(samples: Pcm): boolean {
  const frame = 20 * milliseconds
  let audible = 0
  for (let at = 0; at + frame <= samples.length; at += frame) {
    let energy = 0
    for (let i = at; i < at + frame; i++) energy += samples[i]! * samples[i]!
    if (energy / frame > 90 * 90) audible += 1
  }
  return audible >= 3
}
