import type { DialOutcome, Language } from '../ports.ts'
import type { Action, DialogEvent, Effect, EndedBy, Turn, Verdict } from './protocol.ts'

export type * from './protocol.ts'

/** What the conversation knows, and the limits it keeps. */

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
  /** A line with sound: the owner can come with a browser's microphone, also where nobody can be rung. */
  canMeet: boolean
}

/** What is being said, and what happens when it has been said. */
export type Saying = {
  playback: number
  text: string
  isInterruptible: boolean
  next: Next
  /** null: nothing of it was heard yet. */
  startedAt: number | null
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
  /** Words of the earlier parts of a long turn, whose sound is done with. */
  prefix: string
  /** The turn as far as it was followed while being spoken; kept when the caller leaves in the middle of it. */
  overheard: string
  verdict: Verdict | null
  /** A verdict that came while the caller was speaking. */
  waiting: Verdict | null
  action: Action | null
  isAnswered: boolean
  answeredAt: number
  isDisclosed: boolean
  isDeaf: boolean
  /** A key pressed before the disclosure was over: acted on after it. */
  earlyKey: string | null
  /** How an attempt to put the call through before answering ended. */
  returned: DialOutcome | 'lost' | null
  /** Fillers since our last sentence, and when the last of them was over. */
  fills: number
  filledAt: number
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
  /** `isBrowser`: nobody is rung, the owner comes with the microphone of a browser. */
  dial: { attempt: number; destination: string; label: string; isDirect: boolean; isBrowser: boolean } | null
  attempts: number
  hasMessage: boolean
  /** The caller was heard while a message was being recorded. */
  hasSpoken: boolean
}

export type Move = { state: State; effects: readonly Effect[] }

/** Durations of the conversation (ms), in one place; see the design of the conversation for the reasons. */
export const timing = {
  fillerMs: 1_200,
  /** From the end of one filler to the next: nobody hears nothing for two seconds. */
  nextFillerMs: 1_200,
  /** Most decisions are there by then: nobody is asked to wait for what comes at once. */
  decidedSoonMs: 150,
  wordsMs: 1_500,
  noInputMs: 6_000,
  numberInputMs: 9_000,
  progressMs: 90_000,
  totalMs: 300_000,
  hardMs: 660_000,
  ringMs: 20_000,
  /** For a browser to open its microphone; most are there before the order is. */
  meetMs: 15_000,
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
  longTurnMs: 10_000,
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
    prefix: '',
    overheard: '',
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
    filledAt: 0,
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
