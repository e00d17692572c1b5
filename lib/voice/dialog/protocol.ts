import type { DialOutcome, Language } from '../ports.ts'

/** The conversation's words: what can happen to it, what it wants done, what goes into the call's story. All of it is data. */

export type Action = 'forward' | 'voicemail' | 'ask_question' | 'block'
export type Turn = { who: 'caller' | 'assistant'; text: string }

/** What screening answers, as far as the conversation needs it; its Decision fits. */
export type Verdict = {
  action: Action
  destination?: string
  label?: string
  question?: string
  expects?: 'speech' | 'number' | 'key_one'
  say?: string
  reason: string
  decidedBy: string
  rung: string
  facts: {
    callerName?: string
    organisation?: string
    reason?: string
    wants?: string
    callbackNumber?: string
    isSales?: boolean
    isSuspicious?: boolean
  }
  person?: { name: string }
}

export type EndedBy = 'caller' | 'assistant' | 'owner' | 'person' | 'limit' | 'fault'

export type TimerName =
  | 'answer'
  | 'playback'
  | 'words'
  | 'no_input'
  | 'speech'
  | 'transcript'
  | 'patience'
  | 'filler'
  | 'decision'
  | 'dial'
  | 'recording'
  | 'progress'
  | 'total'
  | 'hard'

export type Command = 'take' | 'ask' | 'voicemail' | 'block' | 'hang_up'

/** What happened. `at` is the clock's milliseconds. */
export type DialogEvent = { at: number } & (
  | { type: 'arrived' }
  /** The rungs that are asked before answering; null: nothing decided yet, talk to the caller. */
  | { type: 'screened'; verdict: Verdict | null }
  | { type: 'answered' }
  | { type: 'playback_started'; playback: number }
  | { type: 'playback_finished'; playback: number; isComplete: boolean; playedMs: number }
  /** No sound could be made of it. */
  | { type: 'speak_failed'; playback: number; message: string }
  | { type: 'speech_started' }
  | { type: 'speech_dismissed' }
  /** The caller goes on speaking; what was said so far can be recognised. */
  | { type: 'speech_so_far' }
  /** What the caller has said so far. `turn` is that of `overhear`. */
  | { type: 'overheard'; turn: number; text: string }
  /** `text` when the line itself is text. `endedAt`: when the caller's last voiced frame was. */
  | { type: 'utterance'; speechMs: number; endedAt: number; text?: string }
  /** `number`: a telephone number in these words. */
  | { type: 'transcribed'; turn: number; text: string; language?: Language; number?: string; tookMs: number }
  | { type: 'transcription_failed'; turn: number; message: string }
  | { type: 'decided'; turn: number; verdict: Verdict; tookMs: number }
  | { type: 'decision_failed'; turn: number; message: string }
  | { type: 'dtmf'; digit: string }
  | { type: 'timer'; timer: TimerName }
  | { type: 'dialled'; attempt: number; outcome: DialOutcome }
  /** The other person heard our sentence. */
  | { type: 'leg_said'; attempt: number }
  /** null: no key in time, or they hung up. */
  | { type: 'leg_key'; attempt: number; digit: string | null }
  /** `lost`: the other person's connection broke, they did not hang up. */
  | { type: 'parted'; attempt: number; endedBy: 'caller' | 'leg' | 'lost'; talkedMs: number }
  | {
      type: 'recorded'
      cause: 'silence' | 'key' | 'limit' | 'hang_up' | 'stopped'
      durationMs: number
      /** Nobody spoke: nothing is kept. */
      isEmpty: boolean
      recording?: number
    }
  | { type: 'recording_failed'; message: string }
  /** `text` is a question to ask, `destination` who shall ring to take the call; `browser`: nobody, a browser's microphone takes it. */
  | { type: 'command'; command: Command; text?: string; destination?: string; browser?: boolean }
  | { type: 'deaf'; message: string }
  | { type: 'hung_up' }
  | { type: 'failed'; message: string }
  /** The process is about to stop: say so and end. */
  | { type: 'drain' }
)

/** What went into the call's story; the words of lib/calls/events.ts. */
export type Note =
  | { kind: 'received'; data: { source: string } }
  | { kind: 'decided'; data: { action: string; reason: string; decidedBy: string; rung: string } }
  | { kind: 'answered'; data: Record<string, never> }
  | { kind: 'said'; data: { turn: number; text: string; heardMs?: number; cut?: string } }
  | { kind: 'hearing'; data: { turn: number; text: string } }
  | { kind: 'heard'; data: { turn: number; text: string; speechMs?: number } }
  | { kind: 'doing'; data: { doing: string; next?: string; nextInMs?: number } }
  | { kind: 'key'; data: { digit: string } }
  | { kind: 'command'; data: { command: string; text?: string } }
  | { kind: 'forwarding'; data: { destination: string; label?: string } }
  | { kind: 'forward_result'; data: { outcome: string } }
  | { kind: 'joined'; data: { by: string } }
  | { kind: 'voicemail'; data: { durationMs: number; recording?: number } }
  | { kind: 'measured'; data: { stage: string; ms: number; turn?: number } }
  | { kind: 'failed'; data: { part: string; message: string } }
  | { kind: 'ended'; data: { by: EndedBy; action: string | null } }

/** What is to be done. Data: session.ts does it on a real line, replyInText on none. */
export type Effect =
  | { type: 'screen' }
  | { type: 'answer' }
  /** Sentences, each of which may be cached. */
  | { type: 'speak'; playback: number; parts: readonly string[]; language: Language }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'stop_playback' }
  /** `yieldsToSpeech`: the line may pause by itself what it plays when speech starts; what follows is for `step` to say. */
  | { type: 'listen'; endOfSpeechMs: number; isSpeaking: boolean; yieldsToSpeech?: boolean }
  /** Recognise everything the caller said in this turn so far. */
  | { type: 'transcribe'; turn: number; language: Language }
  /** Recognise what the caller has said so far, if the ears have nothing better to do: for who watches, not for us. */
  | { type: 'overhear'; turn: number; language: Language }
  /** This turn's sound is done with: the next utterance begins a new one. */
  | { type: 'forget_audio' }
  | { type: 'decide'; turn: number; turns: readonly Turn[] }
  /** Aborts recogniser and screening. */
  | { type: 'cancel_reply' }
  | { type: 'start_timer'; timer: TimerName; ms: number }
  | { type: 'stop_timer'; timer: TimerName }
  | { type: 'dial'; attempt: number; destination: string; label: string; timeoutMs: number }
  /** Waits for the owner at a browser's microphone; the caller hears ringback. Told like `dial`. */
  | { type: 'meet'; attempt: number; timeoutMs: number }
  /** Speaks to the other person and waits for a key, which cuts the sentence short. */
  | { type: 'leg_ask'; attempt: number; text: string; language: Language; timeoutMs: number }
  | { type: 'leg_say'; attempt: number; text: string; language: Language }
  | { type: 'join'; attempt: number }
  | { type: 'drop_leg'; attempt: number }
  | { type: 'record_call' }
  | { type: 'record'; maxMs: number; silenceMs: number }
  | { type: 'stop_recording' }
  /** What was settled about the number to call back, for the call's row. */
  | { type: 'keep_number'; number: string }
  | { type: 'hang_up'; cause: 'normal' | 'busy' | 'rejected' }
  /** Nothing can be said any more: the dialplan's fallback takes the caller. */
  | { type: 'release' }
  | { type: 'note'; note: Note }
  /** The last one of every call. */
  | { type: 'end'; by: EndedBy; action: Action | null }
