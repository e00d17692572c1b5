import { resample } from '../audio/resample.ts'
import { frameMs, frameSamples, type Pcm, rateHz, type Vad } from '../ports.ts'
import { createSegmenter } from '../segmenter.ts'

const telephoneHz = 8_000
const audible = 300

const levelOf = (frame: Pcm) => Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length)

/** As a telephone brings it, after some silence; `offset` samples move the words against the detector's windows. */
export async function overThePhone(pcm: Pcm, offset = 0): Promise<Pcm> {
  const heard = await resample(await resample(pcm, rateHz, telephoneHz), telephoneHz, rateHz)
  const all = new Int16Array(rateHz + offset + heard.length + rateHz / 2)
  all.set(heard, rateHz + offset)
  return all
}

/**
 * Milliseconds of sound from the first frame that can be heard to the decision that somebody interrupts us; null when nobody
 * does. What the detector takes to compute is not in it.
 */
export function interruptedAfterMs(pcm: Pcm, vad: Vad): number | null {
  const segmenter = createSegmenter()
  segmenter.listen({ endOfSpeechMs: 240, isSpeaking: true })
  let onset: number | null = null
  for (let at = 0; at + frameSamples <= pcm.length; at += frameSamples) {
    const frame = pcm.slice(at, at + frameSamples)
    if (levelOf(frame) > audible) onset ??= at
    const segments = segmenter.push(frame, vad.score(frame))
    if (segments.some(({ type }) => type === 'speech_started')) {
      return ((at - (onset ?? 0)) / frameSamples + 1) * frameMs
    }
  }
  return null
}
