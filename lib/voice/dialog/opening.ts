import { greet, splitGreeting } from './greeting.ts'
import { apology } from './handover.ts'
import { chain, move, note, say, startTimer, stopTimer, words } from './moves.ts'
import { type Move, type On, type State, timing } from './state.ts'
import { act } from './verdict.ts'
import { toVoicemail } from './voicemail.ts'

/** Picking up: a breath, greeting and disclosure that nobody can interrupt, then the first question or what was decided before. */

export const answered = ((state, event) => {
  if (state.phase !== 'answering') return move(state)
  const open = move(
    { ...state, isAnswered: true, answeredAt: event.at },
    stopTimer('answer'),
    note({ kind: 'answered', data: {} }),
    startTimer('total', timing.totalMs),
    startTimer('progress', timing.progressMs),
    startTimer('hard', timing.hardMs),
  )
  return chain(open, s => greet(s, event.at))
}) satisfies On<'answered'>

/** The disclosure was played: from here on sound may be kept and the caller is heard. */
export function disclosed(state: State): Move {
  const open = { ...state, isDisclosed: true }
  return state.settings.isRecording && state.settings.canRecord ? move(open, { type: 'record_call' }) : move(open)
}

/** The first thing that is about this call. */
export function begin(state: State, at: number): Move {
  const { question } = splitGreeting(state.settings.greeting)
  const phrase = words(state)
  if (state.returned) return toVoicemail(state, at, [apology(state)])
  if (state.verdict) {
    const { verdict } = state
    return verdict.action === 'ask_question' && question && !verdict.question
      ? say(state, at, [question], 'listen')
      : act(state, at, verdict)
  }
  if (state.isDeaf) return offerKeys(state, at)
  return say(state, at, [question || phrase.opening], 'listen', { purpose: 'reason' })
}

/** Without ears the line is keys and voicemail, and says so. */
export function offerKeys(state: State, at: number, lead?: string): Move {
  const phrase = words(state)
  const { canDial, canMeet, destinations } = state.settings
  const menu = (canDial || canMeet) && destinations.length > 0 ? phrase.menu : phrase.menuWithoutPerson
  return say(state, at, [lead ?? phrase.noEars, menu], 'listen', { purpose: 'menu', isInterruptible: false })
}

/** After the greeting, with the key that may have been pressed during it. */
export function afterGreeting(state: State, at: number, press: (state: State, at: number, key: string) => Move): Move {
  const { earlyKey } = state
  return chain(disclosed(state), s =>
    earlyKey ? press({ ...s, earlyKey: null, phase: 'listening' }, at, earlyKey) : begin(s, at),
  )
}
