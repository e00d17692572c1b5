import { allowed, answer, join, meet, ring } from './handover.ts'
import { chain, dropReply, finish, hush, move, note, say, words } from './moves.ts'
import type { Action, Command, Move, On, State, Verdict } from './state.ts'
import { noteVerdict } from './verdict.ts'
import { interruptAll, sayGoodbye, toVoicemail } from './voicemail.ts'

/** The owner steers a running call: take, ask, voicemail, block, hang up. */
export const ordered = ((state, event) => {
  const { command, at, text, destination, browser } = event
  const told = move(state, note({ kind: 'command', data: { command, ...(text && { text }) } }))
  if (state.phase === 'joined') {
    const ends = command === 'hang_up' || command === 'block'
    return ends ? chain(told, s => finish({ ...s, action: orderedAction(s, command) }, at, 'owner')) : told
  }
  if (command === 'take') return chain(told, s => (browser ? takeHere(s, at) : take(s, at, destination)))
  const order = beforeDisclosure(state) ? early : during
  return chain(told, s => order[command]({ ...s, endsBy: 'owner' }, at, text))
}) satisfies On<'command'>

const orderedAction = (state: State, command: Command): Action | null => (command === 'block' ? 'block' : state.action)

/** The owner's word replaces what was decided, and the story says so. */
const ownerDecides = (state: State, verdict: Verdict): Move =>
  move({ ...state, verdict, action: verdict.action }, noteVerdict(verdict))

/** Nothing but the greeting may be said before the disclosure; an order waits for it, except one that ends the call. */
const beforeDisclosure = (state: State) => !state.isDisclosed && state.phase !== 'closing'

type Orders = Record<Exclude<Command, 'take'>, (state: State, at: number, text: string | undefined) => Move>

const verdictOf = (action: Action, reason: string, state: State, question?: string): Verdict => ({
  action,
  reason,
  decidedBy: 'owner',
  rung: 'owner',
  facts: state.verdict?.facts ?? {},
  ...(question && { question }),
})

const asked = (text: string | undefined, state: State) => text?.trim().slice(0, 300) || words(state).moreAboutIt

/** Decides for the owner now, carried out after the greeting. */
function decideEarly(state: State, verdict: Verdict): Move {
  const decided = { ...state, verdict, returned: null }
  const noted = noteVerdict(verdict)
  if (state.phase !== 'screening' && state.phase !== 'dialling' && state.phase !== 'asking') return move(decided, noted)
  return chain(move(decided, noted), dropLeg, answer)
}

const dropLeg = (state: State): Move =>
  state.dial ? move({ ...state, dial: null }, { type: 'drop_leg', attempt: state.dial.attempt }) : move(state)

const early: Orders = {
  ask: (state, _at, text) =>
    decideEarly(state, verdictOf('ask_question', 'The owner asks.', state, asked(text, state))),
  voicemail: state => decideEarly(state, verdictOf('voicemail', 'The owner sent it to voicemail.', state)),
  block: (state, at) =>
    chain(ownerDecides(state, verdictOf('block', 'The owner blocked the call.', state)), s =>
      finish(s, at, 'owner', s.isAnswered ? 'normal' : 'rejected'),
    ),
  hang_up: (state, at) => finish(state, at, 'owner', state.isAnswered ? 'normal' : 'rejected'),
}

const during: Orders = {
  ask: (state, at, text) =>
    chain(stopAll(state, at), s =>
      say({ ...s, endsBy: 'assistant', prompts: 0 }, at, [asked(text, s)], 'listen', { purpose: 'reason' }),
    ),
  voicemail: (state, at) =>
    state.phase === 'recording'
      ? move(state)
      : chain(
          stopAll(state, at),
          s => ownerDecides(s, verdictOf('voicemail', 'The owner sent it to voicemail.', s)),
          s => toVoicemail({ ...s, number: { ...s.number, isDone: true } }, at, [undefined]),
        ),
  block: (state, at) =>
    chain(
      stopAll(state, at),
      s => ownerDecides(s, verdictOf('block', 'The owner blocked the call.', s)),
      s => sayGoodbye(s, at, [words(s).refused]),
    ),
  hang_up: (state, at) => chain(stopAll(state, at), s => sayGoodbye(s, at, [])),
}

/**
 * Rings the destination that the owner named, if it is on the line's list, else the first one, at once; who answers is joined. Where that is ringing already no key is asked for any
 * more, and who was just being asked for it is joined now. Anybody else who is rung is let go.
 */
function take(state: State, at: number, destination: string | undefined): Move {
  const to = allowed(state, destination) ?? state.settings.destinations[0]
  if (!to || !state.settings.canDial || state.phase === 'closing') return move(state)
  const quiet = taking(state, at)
  if (state.dial?.destination !== to.target) return chain(quiet, dropLeg, s => ring(s, at, to, true))
  if (state.phase !== 'dialling') return chain(quiet, join)
  return chain(quiet, s => move({ ...s, dial: { ...s.dial!, isDirect: true } }))
}

/** The owner talks here and now, with a browser's microphone. */
function takeHere(state: State, at: number): Move {
  if (state.phase === 'closing') return move(state)
  // on a line that cannot ring they are awaited already
  if (state.dial?.isBrowser) return ownerDecides(state, taken(state))
  return chain(taking(state, at), dropLeg, s => meet(s, at))
}

const taken = (state: State) => verdictOf('forward', 'The owner took the call.', state)

const taking = (state: State, at: number): Move =>
  chain(interruptAll(state, at), s => ownerDecides({ ...s, endsBy: 'assistant' }, taken(s)))

function stopAll(state: State, at: number): Move {
  return chain(interruptAll(state, at), dropLeg, s => move(s))
}

/** Five minutes in all, or ninety seconds without progress: a message, then goodbye. */
export function limitReached(state: State, at: number): Move {
  const isOurs = ['speaking', 'interrupted', 'listening', 'hearing', 'thinking'].includes(state.phase)
  if (!isOurs || state.saying?.next === 'hang_up' || state.saying?.next === 'record') return move(state)
  const limited: State = { ...state, endsBy: 'limit', number: { ...state.number, isDone: true } }
  if (!state.isDisclosed) return finish(limited, at, 'limit')
  if (state.purpose === 'message') return sayGoodbye(limited, at, [words(state).takingLong])
  return chain(
    hush(limited, at),
    s => dropReply(s),
    s => toVoicemail(s, at, [words(s).takingLong]),
  )
}
