import { readNumber } from '../phrases/index.ts'
import type { DialOutcome } from '../ports.ts'
import { greet } from './greeting.ts'
import { chain, doing, dropReply, finish, hush, move, note, spokenMs, startTimer, stopTimer, words } from './moves.ts'
import { limits, type Move, type On, type State, timing } from './state.ts'
import { interruptAll, toVoicemail } from './voicemail.ts'

/** Putting a call through: ring, ask for the 1, whisper, join; and back to the caller when nobody takes it. */

/** A destination of the allow-list, or undefined: a model can never dial a free number. */
export function allowed(state: State, target: string | undefined): { target: string; label: string } | undefined {
  return state.settings.destinations.find(destination => destination.target === target)
}

/** Rings. `isDirect`: the owner took the call, who answers is joined without being asked. */
export function ring(state: State, at: number, to: { target: string; label: string }, isDirect = false): Move {
  if (!isDirect && state.attempts >= limits.dials) return toVoicemail(state, at, [words(state).noAnswer])
  if (!state.settings.canDial) return meet(state, at, to)
  const attempt = state.attempts + 1
  const dial = { attempt, destination: to.target, label: to.label, isDirect, isBrowser: false }
  return chain(interruptAll(state, at), s =>
    move(
      { ...s, phase: 'dialling', attempts: attempt, dial, action: 'forward' },
      note({ kind: 'forwarding', data: { destination: to.target, label: to.label } }),
      doing(`Ringing ${to.label}`, 'Offers to take a message', timing.ringMs),
      stopTimer('progress'),
      { type: 'dial', attempt, destination: to.target, label: to.label, timeoutMs: timing.ringMs },
      startTimer('dial', timing.ringMs + timing.slackMs),
    ),
  )
}

/**
 * The owner comes with a browser's microphone: nobody is rung, and who comes is joined. `instead`: who would have been rung,
 * on a line that cannot ring; it waits as long as they would have been rung.
 */
export function meet(state: State, at: number, instead?: { target: string; label: string }): Move {
  const attempt = state.attempts + 1
  const dial = { attempt, destination: '', label: 'Browser', isDirect: true, isBrowser: true }
  const timeoutMs = instead ? timing.ringMs : timing.meetMs
  return chain(interruptAll(state, at), s =>
    move(
      { ...s, phase: 'dialling', attempts: attempt, dial, action: 'forward' },
      ...(instead ? [note({ kind: 'forwarding', data: { destination: instead.target, label: instead.label } })] : []),
      doing(
        instead ? `Would ring ${instead.label}` : 'Waiting for your microphone',
        'Offers to take a message',
        timeoutMs,
      ),
      stopTimer('progress'),
      { type: 'meet', attempt, timeoutMs },
      startTimer('dial', timeoutMs + timing.slackMs),
    ),
  )
}

export const dialled = ((state, event) => {
  if (event.attempt !== state.dial?.attempt) return move(state)
  if (event.outcome !== 'answered') return comeBack(state, event.at, event.outcome)
  if (state.phase !== 'dialling') return move(state)
  const { attempt, label, isDirect } = state.dial
  if (isDirect) return join(state)
  const text = words(state).legIntroduction
  const timeoutMs = spokenMs(text) + timing.legKeyMs
  return move(
    { ...state, phase: 'asking' },
    { type: 'leg_ask', attempt, text, language: state.language, timeoutMs },
    startTimer('dial', timeoutMs + timing.slackMs),
    doing(`${label} answered and is asked to take the call`, 'Offers to take a message', timeoutMs),
  )
}) satisfies On<'dialled'>

export const legKey = ((state, event) => {
  if (event.attempt !== state.dial?.attempt || state.phase !== 'asking') return move(state)
  if (event.digit !== '1') return comeBack(state, event.at, event.digit === null ? 'no_answer' : 'declined')
  const text = whisper(state)
  return move(
    { ...state, phase: 'whispering' },
    { type: 'leg_say', attempt: event.attempt, text, language: state.language },
    startTimer('dial', spokenMs(text) * 2 + timing.slackMs),
  )
}) satisfies On<'leg_key'>

/** Who calls and why, for the person who has just pressed 1. */
export function whisper(state: State): string {
  const { verdict, settings, language } = state
  const phrase = words(state)
  const { callerName, organisation, reason } = verdict?.facts ?? {}
  const name = callerName ?? verdict?.person?.name
  const who = [name, organisation].filter(Boolean).join(', ')
  const number = settings.callerNumber ? phrase.numberCaller(readNumber(settings.callerNumber, language)) : ''
  return phrase.whisper(who || number || phrase.unknownCaller, reason)
}

export const legSaid = ((state, event) =>
  state.phase === 'whispering' && event.attempt === state.dial?.attempt
    ? join(state)
    : move(state)) satisfies On<'leg_said'>

/** Humans talk: our limits end here. */
export function join(state: State): Move {
  const { attempt, label } = state.dial!
  return move(
    { ...state, phase: 'joined', isAnswered: true, isCallerSpeaking: false, action: 'forward' },
    ...(['dial', 'progress', 'total', 'hard', 'no_input'] as const).map(stopTimer),
    { type: 'join', attempt },
    note({ kind: 'forward_result', data: { outcome: 'answered' } }),
    note({ kind: 'joined', data: { by: label } }),
    doing(`Talking with ${label}`),
  )
}

/** Who hangs up ends the call; whose connection breaks leaves a caller behind, who is not left alone. */
export const parted = ((state, event) => {
  if (state.phase !== 'joined' || event.attempt !== state.dial?.attempt) return move(state)
  if (event.endedBy === 'lost') return comeBack(state, event.at, 'lost')
  return finish({ ...state, dial: null }, event.at, event.endedBy === 'caller' ? 'caller' : 'person')
}) satisfies On<'parted'>

/** Nobody took it. The caller, who heard ringing, is told so and may leave a message; an unanswered caller hears a real busy. */
export function comeBack(state: State, at: number, outcome: DialOutcome | 'lost'): Move {
  const dropped = chain(
    hush(state, at),
    s => dropReply(s),
    s =>
      move(
        { ...s, dial: null, returned: outcome },
        stopTimer('dial'),
        ...(s.phase === 'joined' ? [startTimer('hard', timing.hardMs), startTimer('total', timing.totalMs)] : []),
        ...(s.dial ? [{ type: 'drop_leg', attempt: s.dial.attempt } as const] : []),
        note({ kind: 'forward_result', data: { outcome } }),
      ),
  )
  if (!state.isAnswered && outcome === 'busy') return chain(dropped, s => finish(s, at, 'person', 'busy'))
  if (!state.isAnswered) return chain(dropped, s => answer(s))
  // taken over in the middle of the greeting: nothing may be kept before it was heard
  if (!state.isDisclosed) return chain(dropped, s => greet(s, at))
  // who has talked with a person already is not asked for a number first
  const settled = outcome === 'lost' ? { isDone: true } : {}
  return chain(dropped, s => toVoicemail({ ...s, number: { ...s.number, ...settled } }, at, [apology(s)]))
}

export function apology(state: State): string {
  if (state.returned === 'busy') return words(state).busy
  if (state.returned === 'lost') return words(state).lostPerson
  return state.returned === 'failed' ? words(state).noPerson : words(state).noAnswer
}

export function answer(state: State): Move {
  return move(
    { ...state, phase: 'answering' },
    { type: 'answer' },
    startTimer('answer', timing.answerWithinMs),
    doing('Answering'),
  )
}
