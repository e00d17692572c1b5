import type { MessagePort } from 'node:worker_threads'
import type { Pcm } from '#lib/voice/ports.ts'

/**
 * What the main thread and the media thread say to each other. A leg is one mouth and ear: the media channel of a phone
 * call, or a browser's microphone. The thread owns everything that must happen every 20 ms (pacing, playback queue,
 * voice activity, segmenting, writing recordings); it never touches the database and never decides anything.
 *
 * Times in messages are `epochMs` (wall clock with fractions): each thread has its own performance.now().
 * Pcm is handed over by transfer: the sender must not touch it afterwards.
 */
export type Transport =
  /** Asterisk's chan_websocket: we dial `url` (ws://HOST/media/ID) with the ARI credentials. */
  | { kind: 'websocket'; url: string; authorization: string }
  /** Asterisk dials us and says `uuid` first (`audiosocketPort` of `ready`). 8 kHz. */
  | { kind: 'audiosocket'; uuid: string }
  /**
   * Frames come and go over `port` as Int16Array, 16 kHz: a browser's microphone. Any length comes in, 320 samples go out;
   * null going out means "drop what you still hold" (a flush).
   */
  | { kind: 'port'; port: MessagePort }

export type ToMedia =
  /**
   * `hears`: run voice activity and segmenting on what comes in. A whisper leg only speaks. Opening a leg that is open
   * gives it a new transport: what is queued and what is being recorded goes on.
   */
  | { type: 'open'; leg: number; transport: Transport; hears: boolean; connectTimeoutMs: number }
  /** Nothing is played before this many milliseconds from now: the first syllable survives real trunks. */
  | { type: 'hold'; leg: number; ms: number }
  | { type: 'play'; leg: number; playback: number }
  | { type: 'audio'; leg: number; playback: number; pcm: Pcm }
  | { type: 'end'; leg: number; playback: number }
  | { type: 'pause' | 'resume' | 'clear' | 'close'; leg: number }
  | { type: 'stop_recording'; leg: number; cause: 'key' | 'stopped' | 'hang_up' }
  /** `yieldsToSpeech`: what is playing is paused here, at once, when speech starts; `resume` is for the main thread to say. */
  | {
      type: 'listen'
      leg: number
      endOfSpeechMs: number
      isSpeaking: boolean
      yieldsToSpeech?: boolean
      reportEveryMs?: number
    }
  /**
   * The people on these two legs hear each other from now on, and our ears are closed; null parts them. A leg that closes
   * is parted by itself.
   */
  | { type: 'couple'; leg: number; with: number | null }
  /** Ringback under everything else, until null. Playing audio silences it for its duration. */
  | { type: 'tone'; leg: number; tone: RingbackTone | null }
  /** Voicemail: mono WAV of what the caller says. Ends with recording_finished. */
  | { type: 'record'; leg: number; path: string; maxMs: number; silenceMs: number; beep: boolean }
  /** The whole call: stereo WAV, caller left, our voice right. Null ends it. */
  | { type: 'record_call'; leg: number; path: string | null }
  | { type: 'shut_down' }

export type FromMedia =
  | { type: 'ready'; audiosocketPort: number }
  /** Audio flows both ways. */
  | { type: 'opened'; leg: number }
  /** The transport is gone; `isExpected` when we closed it. Said exactly once for each opened or failed leg. */
  | { type: 'closed'; leg: number; isExpected: boolean; reason: string }
  | { type: 'playback_started'; leg: number; epochMs: number; playback: number }
  | {
      type: 'playback_finished'
      leg: number
      epochMs: number
      playback: number
      playedMs: number
      isComplete: boolean
    }
  | { type: 'speech_started' | 'speech_dismissed'; leg: number; epochMs: number }
  | { type: 'speech_so_far'; leg: number; epochMs: number; audio: Pcm }
  | { type: 'utterance'; leg: number; epochMs: number; audio: Pcm; speechMs: number; endedEpochMs: number }
  | {
      type: 'recording_finished'
      leg: number
      epochMs: number
      cause: 'silence' | 'key' | 'limit' | 'hang_up' | 'stopped'
      durationMs: number
      path: string
      bytes: number
    }
  | { type: 'call_recorded'; leg: number; path: string; durationMs: number; bytes: number }
  /** Something went wrong on a leg that goes on (a full disk while recording, ears that do not load). */
  | { type: 'trouble'; leg: number; part: 'vad' | 'recording'; message: string }
  /** Every second: how late the worst 20 ms tick was, and how many legs are open. */
  | { type: 'load'; worstLateMs: number; legs: number }

/** What the thread is told at start. */
export type MediaOptions = {
  /** Module whose `createVad()` gives one Vad for a call; without it the line has no ears. */
  vadModule: string | null
  /** Where AudioSocket connections are taken; port 0 chooses one. */
  audiosocket: { host: string; port: number }
}

/** A country's ringing tone: what sounds together, and for how long it is on, off, on again. */
export type RingbackTone = { frequenciesHz: readonly number[]; cadenceMs: readonly number[] }
