import { allowed, answer, ring } from './handover.ts'
import { chain, finish, move, note, say, stopTimer, words } from './moves.ts'
import { type Action, limits, type Move, type On, type Purpose, type State, type Verdict } from './state.ts'
import { messageHeard, sayGoodbye, toVoicemail } from './voicemail.ts'

/** What is done with a decision. */
export function act(state: State, at: number, verdict: Verdict): Move {
  const decided = { ...state, verdict, waiting: null }
  if (state.purpose === 'message') return messageHeard({ ...decided, action: 'voicemail' }, at)
  return acts[verdict.action](decided, at, verdict)
}

const acts: Record<Action, (state: State, at: number, verdict: Verdict) => Move> = {
  forward(state, at, verdict) {
    const to = allowed(state, verdict.destination) ?? (verdict.destination ? undefined : state.settings.destinations[0])
    if (!to)
      return insteadVoicemail(state, at, 'The destination is not on the list of this line.', words(state).noPerson)
    const sentence = verdict.say ?? words(state).forwarding
    const next = { ...state, action: 'forward' as const }
    // where nothing can ring, the decision itself is the end
    if (!state.settings.canDial && !state.settings.canMeet) return say(next, at, [sentence], 'hang_up')
    return say({ ...next, verdict: { ...verdict, destination: to.target } }, at, [sentence], 'dial')
  },
  voicemail: (state, at) => toVoicemail(state, at),
  ask_question(state, at, verdict) {
    const question = verdict.question ?? words(state).moreAboutIt
    const wasAsked = state.asked.includes(question)
    if (wasAsked) return insteadVoicemail(state, at, 'The same question was asked before.')
    if (state.questions >= limits.questions) return insteadVoicemail(state, at, 'Enough questions were asked.')
    const asking: State = {
      ...state,
      action: 'ask_question',
      questions: state.questions + 1,
      asked: [...state.asked, question],
      prompts: 0,
      number: { ...state.number, typed: '' },
    }
    return say(asking, at, [verdict.say === question ? undefined : verdict.say, question], 'listen', {
      purpose: purposes[verdict.expects ?? 'speech'],
    })
  },
  block: (state, at, verdict) => sayGoodbye({ ...state, action: 'block' }, at, [verdict.say ?? words(state).refused]),
}

/** Another decision than screening's, and the story says so. */
function insteadVoicemail(state: State, at: number, reason: string, lead?: string): Move {
  const verdict: Verdict = { ...state.verdict!, action: 'voicemail', reason, decidedBy: 'fallback' }
  return chain(move({ ...state, verdict: { ...verdict, say: '' } }, noteVerdict(verdict)), s =>
    toVoicemail(s, at, lead ? [lead] : []),
  )
}

const purposes: Record<NonNullable<Verdict['expects']>, Purpose> = {
  speech: 'reason',
  number: 'say_number',
  key_one: 'key_one',
}

export const noteVerdict = ({ action, reason, decidedBy, rung }: Verdict) =>
  note({ kind: 'decided', data: { action, reason, decidedBy, rung } })

/** Screening has answered. Never over the caller; behind our own filler. */
export const decided = ((state, event) => {
  if (event.turn !== state.deciding) return move(state)
  const { verdict } = event
  const known = move(
    { ...state, deciding: null, verdict, waiting: verdict },
    stopTimer('decision'),
    stopTimer('filler'),
    noteVerdict(verdict),
    note({ kind: 'measured', data: { stage: 'decision', ms: event.tookMs, turn: event.turn } }),
  )
  return chain(known, s => actWhenFree(s, event.at))
}) satisfies On<'decided'>

/** Does what was decided, as soon as the caller is not speaking. */
export function actWhenFree(state: State, at: number): Move {
  if (!state.waiting || state.isCallerSpeaking || state.transcribing !== null) return move(state)
  return act(state, at, state.waiting)
}

/** Before the call is answered: refuse, ring, or pick up and talk. */
export const screened = ((state, event) => {
  if (state.phase !== 'screening') return move(state)
  const { verdict, at } = event
  if (!verdict) return answer(state)
  const noted = move({ ...state, verdict, action: verdict.action }, noteVerdict(verdict))
  if (verdict.action === 'block') return chain(noted, s => finish(s, at, 'assistant', 'rejected'))
  const to = verdict.action === 'forward' ? allowed(state, verdict.destination) : undefined
  if (to && state.settings.canDial) return chain(noted, s => ring(s, at, to))
  return chain(noted, s => answer(s))
}) satisfies On<'screened'>
