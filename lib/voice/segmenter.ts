import { frameMs, frameSamples, type Pcm } from './ports.ts'

/**
 * End-pointing: one caller's frames and their voice probability in, "speech started", "it was nothing" and whole utterances
 * out. Pure: no clock, no model, time is the number of frames. One instance for a call.
 */
export type SegmenterOptions = {
  /** Probability from which a frame counts as speech, while we are silent and while our own voice is playing. */
  threshold: number
  thresholdWhileSpeaking: number
  /** A frame keeps an utterance going down to this much below the threshold, so that soft syllables do not cut it. */
  hysteresis: number
  /** Speech shorter than this is dismissed. */
  minSpeechMs: number
  /**
   * Speech that interrupts our own voice. A detector hears it 50 to 100 ms after it began, which makes at most 250 ms from the
   * caller's first sound; a false interruption costs a short pause, a late one makes people talk over each other.
   */
  minBargeInMs: number
  /** How long the detector goes on hearing speech that has ended: silence counts from there. */
  tailMs: number
  /** Kept before the first speech frame, so that no consonant is lost. */
  preRollMs: number
  /** Kept after the last speech frame. */
  postRollMs: number
  /** Longer turns are handed over at the next short pause, or here at the latest. */
  maxUtteranceMs: number
}

export const segmenterDefaults: SegmenterOptions = {
  threshold: 0.5,
  thresholdWhileSpeaking: 0.75,
  hysteresis: 0.15,
  minSpeechMs: 100,
  minBargeInMs: 140,
  tailMs: 0,
  preRollMs: 300,
  postRollMs: 200,
  maxUtteranceMs: 20_000,
}

export type Segment =
  | { type: 'speech_started' }
  /** After speech_started: it was too short after all, nothing follows. */
  | { type: 'speech_dismissed' }
  /** The utterance as far as it has come, while the caller is still speaking. */
  | { type: 'speech_so_far'; audio: Pcm }
  /** `speechMs` counts voiced frames; the caller's last word ended `silenceMs` before the end of this one. */
  | { type: 'utterance'; audio: Pcm; speechMs: number; silenceMs: number }

export type Segmenter = {
  /** One frame of 20 ms and the probability that it holds speech; answers what it completes. */
  push(frame: Pcm, probability: number): Segment[]
  /** `reportEveryMs`: how often ongoing speech is handed out as far as it has come; left out: never. */
  listen(options: { endOfSpeechMs: number; isSpeaking: boolean; reportEveryMs?: number }): void
  /** Forgets what was begun; an utterance that was announced is dismissed. */
  reset(): Segment[]
}

const frames = (ms: number) => Math.max(1, Math.ceil(ms / frameMs))

export function createSegmenter(given: Partial<SegmenterOptions> = {}): Segmenter {
  const options = { ...segmenterDefaults, ...given }
  let endOfSpeechMs = 400
  let isSpeaking = false
  let reportEveryMs = 0
  /** Frames of this utterance since the last report, and whether the caller said anything in them. */
  let unreported = 0
  let hasNews = false
  let kept: Pcm[] = []
  let voiced = 0
  let silent = 0
  /** `quiet`: nothing. `maybe`: some speech, not announced yet. `speech`: announced. */
  let phase: 'quiet' | 'maybe' | 'speech' = 'quiet'

  const silentMs = () => (silent > 0 ? silent * frameMs + options.tailMs : 0)

  const threshold = () => (isSpeaking ? options.thresholdWhileSpeaking : options.threshold)

  function quiet(): void {
    phase = 'quiet'
    kept = kept.slice(-frames(options.preRollMs))
    voiced = 0
    silent = 0
  }

  function utterance(): Segment {
    const surplus = Math.max(0, silent - frames(options.postRollMs))
    const audio = joinFrames(surplus > 0 ? kept.slice(0, -surplus) : kept)
    const segment: Segment = { type: 'utterance', audio, speechMs: voiced * frameMs, silenceMs: silentMs() }
    kept = silent > 0 ? kept.slice(-Math.min(silent, frames(options.preRollMs))) : []
    phase = 'quiet'
    voiced = 0
    silent = 0
    return segment
  }

  function pushQuiet(frame: Pcm, probability: number): Segment[] {
    kept.push(frame)
    if (probability < threshold()) {
      if (kept.length > frames(options.preRollMs)) kept.shift()
      return []
    }
    phase = 'maybe'
    voiced = 1
    silent = 0
    return announceWhenLong()
  }

  function pushMaybe(frame: Pcm, probability: number): Segment[] {
    kept.push(frame)
    if (probability >= threshold() - (voiced > 2 ? options.hysteresis : 0)) {
      voiced++
      silent = 0
      return announceWhenLong()
    }
    silent++
    // a click or a cough: it must not add up with the next one
    if (silent * frameMs >= options.minSpeechMs) quiet()
    return []
  }

  function announceWhenLong(): Segment[] {
    const needed = frames(isSpeaking ? options.minBargeInMs : options.minSpeechMs)
    if (voiced < needed) return []
    phase = 'speech'
    unreported = 0
    hasNews = true
    return [{ type: 'speech_started' }]
  }

  function pushSpeech(frame: Pcm, probability: number): Segment[] {
    kept.push(frame)
    if (probability >= threshold() - options.hysteresis) {
      voiced++
      silent = 0
      hasNews = true
    } else {
      silent++
    }
    unreported++
    const lengthMs = kept.length * frameMs
    const isOver = silentMs() >= endOfSpeechMs
    const isLong = lengthMs >= options.maxUtteranceMs * 0.75 && silent * frameMs >= 160
    if (isOver || isLong || lengthMs >= options.maxUtteranceMs) return [utterance()]
    return isReportDue() ? [report()] : []
  }

  const isReportDue = () => reportEveryMs > 0 && hasNews && unreported * frameMs >= reportEveryMs

  function report(): Segment {
    unreported = 0
    hasNews = false
    return { type: 'speech_so_far', audio: joinFrames(kept) }
  }

  return {
    push(frame, probability) {
      const p = Number.isFinite(probability) ? probability : 0
      if (phase === 'quiet') return pushQuiet(frame, p)
      return phase === 'maybe' ? pushMaybe(frame, p) : pushSpeech(frame, p)
    },
    listen(next) {
      endOfSpeechMs = Math.max(frameMs, next.endOfSpeechMs)
      isSpeaking = next.isSpeaking
      reportEveryMs = next.reportEveryMs ?? 0
    },
    reset() {
      const wasAnnounced = phase === 'speech'
      quiet()
      kept = []
      return wasAnnounced ? [{ type: 'speech_dismissed' }] : []
    },
  }
}

function joinFrames(parts: readonly Pcm[]): Pcm {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0) || frameSamples)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
