import type { DialOutcome, Language } from '../ports.ts'

/** The conversation's words: what it knows, what can happen to it, what it wants done. All of it is data. */

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

/** What is fixed for one call before it begins. */
export type Settings = {
  language: Language
  /** What the key 9 changes to. */
  otherLanguage: Language | null
  greeting: string
  disclosure: string
  /** The line keeps a recording of the whole call, once the disclosure has been played. */
  isRecording: boolean
  /** null when withheld. */
  callerNumber: string | null
  /** The line's allow-list, in order. Nothing else is ever dialled. */
  destinations: readonly { target: string; label: string }[]
  /** Whether there are ears (a recogniser and a free slot): without them the line is keys and voicemail. */
  hasEars: boolean
  /** Whether sound can be kept. A text line, and a full disk, take the message in words. */
  canRecord: boolean
  /** A line that can ring somebody. A text line ends where a phone would begin to ring. */
  canDial: boolean
}

/** What is being said, and what happens when it has been said. */
export type Saying = {
  playback: number
  text: string
  isInterruptible: boolean
  next: Next
  startedAt: number
  /** Set while a possible interruption holds it. */
  pausedAt?: number
}
export type Next = 'listen' | 'record' | 'hang_up' | 'greet' | 'dial' | 'think'

/** What the next words or keys of the caller are for. */
export type Purpose =
  | 'reason'
  /** Like reason, but a number was asked for: more patience, and the keypad counts as words. */
  | 'say_number'
  | 'key_one'
  | 'menu'
  | 'offer_number'
  | 'number'
  | 'confirm_number'
  | 'message'

export type Phase =
  /** Not answered: the ladder is asked. */
  | 'screening'
  | 'answering'
  | 'speaking'
  /** The caller began to speak over us: held until we know whether these are words. */
  | 'interrupted'
  | 'listening'
  /** The caller speaks, or has spoken and the words are being recognised, or may still go on. */
  | 'hearing'
  /** The words are known, the decision is not. A filler may be playing. */
  | 'thinking'
  | 'dialling'
  /** Somebody answered and is asked to press 1; then hears who it is. */
  | 'asking'
  | 'whispering'
  | 'joined'
  | 'recording'
  /** The caller is gone while a message was being written. */
  | 'closing'
  | 'ended'

export type EndedBy = 'caller' | 'assistant' | 'owner' | 'person' | 'limit' | 'fault'

export type State = {
  phase: Phase
  settings: Settings
  language: Language
  /** Counts what is asked of recogniser and screening; an answer to an older question is dropped. */
  turn: number
  /** The question that the recogniser, and that screening, is working on. */
  transcribing: number | null
  deciding: number | null
  /** The last playback that was begun. */
  playback: number
  saying: Saying | null
  purpose: Purpose
  turns: readonly Turn[]
  /** The caller is speaking right now. */
  isCallerSpeaking: boolean
  /** Utterances of this turn whose sound is kept, how long they were, and when the last ended. */
  utterances: number
  speechMs: number
  spokeAt: number
  /** Words of this turn; the caller may still go on. */
  unsettled: { text: string; number?: string } | null
  verdict: Verdict | null
  /** A verdict that came while a filler was playing or the caller was speaking. */
  waiting: Verdict | null
  action: Action | null
  isAnswered: boolean
  answeredAt: number
  isDisclosed: boolean
  isDeaf: boolean
  /** A key pressed before the disclosure was over: acted on after it. */
  earlyKey: string | null
  /** How an attempt to put the call through before answering ended. */
  returned: DialOutcome | null
  /** Fillers since our last sentence. */
  fills: number
  /** Waiting for the first sound of a reply, to measure it. */
  isReplyDue: boolean
  endsBy: EndedBy
  questions: number
  /** What was asked already, so that nothing is asked twice. */
  asked: readonly string[]
  prompts: number
  misheard: number
  /** Failures in a row of the recogniser, and of the voice. */
  deafness: number
  muteness: number
  keys: number
  number: { candidate: string; typed: string; attempts: number; confirmed: string | null; isDone: boolean }
  dial: { attempt: number; destination: string; label: string; isDirect: boolean } | null
  attempts: number
  hasMessage: boolean
  /** The caller was heard while a message was being recorded. */
  hasSpoken: boolean
}

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
  | { type: 'parted'; attempt: number; endedBy: 'caller' | 'leg'; talkedMs: number }
  | {
      type: 'recorded'
      cause: 'silence' | 'key' | 'limit' | 'hang_up' | 'stopped'
      durationMs: number
      /** Nobody spoke: nothing is kept. */
      isEmpty: boolean
      recording?: number
    }
  | { type: 'recording_failed'; message: string }
  | { type: 'command'; command: Command; text?: string }
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
  | { type: 'listen'; endOfSpeechMs: number; isSpeaking: boolean }
  /** Recognise everything the caller said in this turn so far. */
  | { type: 'transcribe'; turn: number; language: Language }
  /** This turn's sound is done with: the next utterance begins a new one. */
  | { type: 'forget_audio' }
  | { type: 'decide'; turn: number; turns: readonly Turn[] }
  /** Aborts recogniser and screening. */
  | { type: 'cancel_reply' }
  | { type: 'start_timer'; timer: TimerName; ms: number }
  | { type: 'stop_timer'; timer: TimerName }
  | { type: 'dial'; attempt: number; destination: string; label: string; timeoutMs: number }
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

export type Move = { state: State; effects: readonly Effect[] }

/** Durations of the conversation (ms), in one place; see the design of the conversation for the reasons. */
export const timing = {
  fillerMs: 1_200,
  /** From the end of one filler to the next: nobody hears nothing for two seconds. */
  nextFillerMs: 1_700,
  wordsMs: 1_500,
  noInputMs: 6_000,
  numberInputMs: 9_000,
  progressMs: 90_000,
  totalMs: 300_000,
  hardMs: 660_000,
  ringMs: 20_000,
  legKeyMs: 10_000,
  voicemailMs: 120_000,
  voicemailSilenceMs: 4_000,
  /** Recognising begins here; whether the turn is over is for the words to say. */
  endOfSpeechMs: 240,
  numberEndOfSpeechMs: 700,
  answerWithinMs: 10_000,
  transcriptWithinMs: 10_000,
  decisionWithinMs: 8_000,
  longestSpeechMs: 30_000,
  slackMs: 5_000,
} as const

export const limits = {
  questions: 3,
  prompts: 2,
  numberAttempts: 2,
  misheard: 2,
  failures: 2,
  dials: 3,
  keyNotes: 40,
  turns: 60,
} as const

export function initialState(settings: Settings): State {
  return {
    phase: 'screening',
    settings,
    language: settings.language,
    turn: 0,
    transcribing: null,
    deciding: null,
    playback: 0,
    saying: null,
    purpose: 'reason',
    turns: [],
    isCallerSpeaking: false,
    utterances: 0,
    speechMs: 0,
    spokeAt: 0,
    unsettled: null,
    verdict: null,
    waiting: null,
    action: null,
    isAnswered: false,
    answeredAt: 0,
    isDisclosed: false,
    isDeaf: !settings.hasEars,
    earlyKey: null,
    returned: null,
    fills: 0,
    isReplyDue: false,
    endsBy: 'assistant',
    questions: 0,
    asked: [],
    prompts: 0,
    misheard: 0,
    deafness: 0,
    muteness: 0,
    keys: 0,
    number: { candidate: '', typed: '', attempts: 0, confirmed: null, isDone: false },
    dial: null,
    attempts: 0,
    hasMessage: false,
    hasSpoken: false,
  }
}

/** A handler of one kind of event. */
export type On<T extends DialogEvent['type']> = (state: State, event: Extract<DialogEvent, { type: T }>) => Move
