/** The conversation: pure, replayable, the same on a telephone, a microphone and in text. */
export { patienceMs, readYesNo } from './answers.ts'
export { splitGreeting } from './dialog/greeting.ts'
export {
  type DialogEvent,
  type Effect,
  initialState,
  type Note,
  type Settings,
  type State,
  type Turn,
  type Verdict,
} from './dialog/state.ts'
export { step } from './dialog.ts'
export { phrases, readNumber, stockPhrases } from './phrases/index.ts'
export type { Guest, Language } from './ports.ts'
export {
  createSession,
  type Outcome,
  type RecordedFile,
  type Session,
  type SessionPorts,
  type Story,
  type Voice,
} from './session.ts'
export { openInText, replyInText, type StoredEvent, type TextReply, type TextReplyInput } from './text-line.ts'
