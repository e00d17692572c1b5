import { readNumber } from '../phrases/index.ts'
import { chain, doing, dropReply, hush, move, note, say, startTimer, stopTimer, words } from './moves.ts'
import { nextNumberQuestion } from './numbers.ts'
import { type Move, type On, type State, timing } from './state.ts'

/** Taking a message: the number first, then tone, sound, thanks and goodbye; in words where no sound can be kept. */
export function toVoicemail(state: State, at: number, lead: readonly (string | undefined)[] = []): Move {
  const taking: State = { ...state, action: 'voicemail' }
  const question = nextNumberQuestion(taking)
  if (question) return question(taking, at)
  const knows = Boolean(taking.verdict?.facts.reason) && taking.verdict?.facts.isSuspicious !== true
  const phrase = words(taking)
  if (!taking.settings.canRecord) {
    if (knows) return sayGoodbye({ ...taking, hasMessage: true }, at, [...lead, thanks(taking)])
    if (taking.isDeaf) return sayGoodbye(taking, at, [...lead, phrase.cannotRecord])
    return say(taking, at, [...lead, phrase.messageInWords], 'listen', { purpose: 'message' })
  }
  if (knows && lead.length === 0) {
    return say(taking, at, [thanks(taking), phrase.addMore], 'record')
  }
  return say(taking, at, [...lead, phrase.leaveMessage], 'record')
}

/** Screening's own thanks, unless they promise a tone that may not come. */
function thanks(state: State): string {
  const own = state.verdict?.say?.trim()
  return own && !/\b(tone|beep|ton|signalton)\b/i.test(own) ? own : words(state).passedOn
}

const isGoodbye = (sentence: string | undefined) => /\b(goodbye|bye|wiederhören|tschüss)\b[.!]?$/i.test(sentence ?? '')

/** The last sentence; then the line is hung up. Nobody interrupts a goodbye. */
export function sayGoodbye(state: State, at: number, parts: readonly (string | undefined)[]): Move {
  const { confirmed } = state.number
  const callBack = confirmed ? words(state).willCallBack(readNumber(confirmed, state.language)) : undefined
  const last = callBack ?? parts.at(-1)
  return say(state, at, [...parts, callBack, isGoodbye(last) ? undefined : words(state).goodbye], 'hang_up')
}

export function record(state: State): Move {
  return move(
    { ...state, phase: 'recording', hasSpoken: false },
    { type: 'listen', endOfSpeechMs: timing.endOfSpeechMs, isSpeaking: false },
    { type: 'record', maxMs: timing.voicemailMs, silenceMs: timing.voicemailSilenceMs },
    startTimer('recording', timing.voicemailMs + timing.slackMs),
    stopTimer('progress'),
    doing('Recording a message', 'Ends with 4 seconds of silence', timing.voicemailMs),
  )
}

/** The message is written. Also when the caller is gone, or an order stopped it: then only the story grows. */
export const recorded = ((state, event) => {
  const { recording, durationMs, isEmpty } = event
  const kept = isEmpty
    ? move(state, stopTimer('recording'))
    : move(
        { ...state, hasMessage: true, action: 'voicemail' as const },
        stopTimer('recording'),
        note({ kind: 'voicemail', data: { durationMs, ...(recording !== undefined && { recording }) } }),
      )
  if (state.phase !== 'recording' || event.cause === 'hang_up') return kept
  const phrase = words(state)
  const ending = isEmpty ? (state.verdict?.facts.reason ? undefined : phrase.nothingHeard) : phrase.messageTaken
  return chain(kept, s => sayGoodbye(s, event.at, [ending]))
}) satisfies On<'recorded'>

/** The disk is full or away: the message is taken in words, or the caller is told the truth. */
export const recordingFailed = ((state, event) => {
  const failed = note({ kind: 'failed', data: { part: 'recording', message: event.message } })
  const unable = { ...state, settings: { ...state.settings, canRecord: false } }
  if (state.phase !== 'recording') return move(unable, failed)
  return chain(move(unable, failed, stopTimer('recording')), s =>
    s.isDeaf
      ? sayGoodbye(s, event.at, [words(s).cannotRecord])
      : say(s, event.at, [words(s).engineTrouble, words(s).messageInWords], 'listen', { purpose: 'message' }),
  )
}) satisfies On<'recording_failed'>

/** A message in words was given. */
export function messageHeard(state: State, at: number): Move {
  const thanked = sayGoodbye({ ...state, hasMessage: true }, at, [words(state).messageTaken])
  // a telephone's owner is told of it like of any message; in text the caller's words are the message
  if (!state.settings.canDial) return thanked
  return move(thanked.state, note({ kind: 'voicemail', data: { durationMs: 0 } }), ...thanked.effects)
}

/** Stops whatever is going on, so that an order or a limit finds silence. */
export function interruptAll(state: State, at: number): Move {
  return chain(
    hush(state, at),
    s => dropReply(s),
    s => (s.phase === 'recording' ? move(s, { type: 'stop_recording' }, stopTimer('recording')) : move(s)),
  )
}
