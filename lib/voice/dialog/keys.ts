import { ring } from './handover.ts'
import { chain, dropReply, hush, move, note, say, startTimer, words } from './moves.ts'
import { addDigit, finishTyping, typeNumber } from './numbers.ts'
import { offerKeys } from './opening.ts'
import { afterNumber, settled } from './settling.ts'
import { limits, type Move, type On, type State, timing } from './state.ts'
import { noteVerdict } from './verdict.ts'
import { interruptAll, toVoicemail } from './voicemail.ts'

/** Keys always work: 0 a person, 1 a message, # done, 9 the other language; digits when a number is asked for. */
export const pressed = ((state, event) => {
  const digit = event.digit.toUpperCase()
  if (!/^[0-9*#A-D]$/.test(digit)) return move(state)
  const counted = { ...state, keys: state.keys + 1 }
  const noted = move(counted, ...(counted.keys <= limits.keyNotes ? [note({ kind: 'key', data: { digit } })] : []))
  return chain(noted, s => press(s, event.at, digit))
}) satisfies On<'dtmf'>

export function press(state: State, at: number, digit: string): Move {
  const { phase, saying } = state
  if (['screening', 'answering'].includes(phase)) return move({ ...state, earlyKey: digit })
  if (saying?.next === 'greet') return move({ ...state, earlyKey: digit })
  if (saying?.next === 'hang_up' || saying?.next === 'dial') return move(state)
  if (phase === 'recording') return digit === '#' ? move(state, { type: 'stop_recording' }) : move(state)
  if (phase === 'dialling' || phase === 'asking') {
    if (digit !== '1') return move(state)
    // Rung through unanswered: nothing may be kept yet, so the key waits until the greeting has told who listens.
    return state.isDisclosed ? leaveMessage(state, at) : move({ ...state, earlyKey: digit })
  }
  if (!['speaking', 'interrupted', 'listening', 'hearing', 'thinking'].includes(phase)) return move(state)
  if (saying?.next === 'record') return digit === '#' ? skipTo(state, at) : chooseKey(state, at, digit)
  return forPurpose(state, at, digit)
}

/** `#` during "please leave your message": the tone at once. */
function skipTo(state: State, at: number): Move {
  return chain(hush(state, at), s => say(s, at, [words(s).oneMoment], 'record'))
}

function forPurpose(state: State, at: number, digit: string): Move {
  switch (state.purpose) {
    case 'offer_number':
    case 'number':
    case 'confirm_number':
      return chain(
        stopPrompt(state, at),
        s => afterNumber(typeNumber(s, at, digit), at),
        s => waitForMore(s),
      )
    case 'say_number':
      if (digit === '#') return sayTyped(state, at)
      return chain(
        stopPrompt(state, at),
        s => move({ ...s, number: { ...s.number, typed: addDigit(s.number.typed, digit) } }),
        s => waitForMore(s),
      )
    case 'key_one':
      return digit === '1' ? sayWords(state, at, '1') : move(state)
    default:
      return chooseKey(state, at, digit)
  }
}

/** A digit ends the question that asked for it. */
function stopPrompt(state: State, at: number): Move {
  return chain(
    hush(state, at),
    s => dropReply(s),
    s => move({ ...s, phase: 'listening' }),
  )
}

const waitForMore = (state: State): Move =>
  state.phase === 'listening' ? move(state, startTimer('no_input', timing.noInputMs)) : move(state)

/** Typed digits count as the caller's words. */
export function sayTyped(state: State, at: number): Move {
  return state.number.typed === '' ? move(state) : sayWords(state, at, state.number.typed)
}

function sayWords(state: State, at: number, text: string): Move {
  return chain(stopPrompt(state, at), s =>
    settled({ ...s, spokeAt: at, unsettled: { text }, number: { ...s.number, typed: '' } }, at),
  )
}

function chooseKey(state: State, at: number, digit: string): Move {
  if (digit === '0') return reachPerson(state, at)
  if (digit === '1') return leaveMessage(state, at)
  if (digit === '9') return otherLanguage(state, at)
  return move(state)
}

function leaveMessage(state: State, at: number): Move {
  return chain(
    interruptAll(state, at),
    s => (s.dial ? move({ ...s, dial: null }, { type: 'drop_leg', attempt: s.dial.attempt }) : move(s)),
    s => toVoicemail({ ...s, number: { ...s.number, isDone: true } }, at, [undefined]),
  )
}

/** Nobody whom a rule, the hours or a warning keeps away gets through by a key. */
function mayReachPerson({ verdict, settings }: State): boolean {
  if ((!settings.canDial && !settings.canMeet) || settings.destinations.length === 0) return false
  if (!verdict) return true
  if (verdict.facts.isSuspicious || verdict.facts.isSales || verdict.action === 'block') return false
  return verdict.action !== 'voicemail' || verdict.rung === 'conversation' || verdict.rung === 'fallback'
}

function reachPerson(state: State, at: number): Move {
  if (!mayReachPerson(state)) return chain(interruptAll(state, at), s => toVoicemail(s, at, [words(s).noPerson]))
  const noted = noteVerdict({
    action: 'forward',
    reason: 'The caller asked for a person with the key 0.',
    decidedBy: 'rule',
    rung: 'conversation',
    facts: state.verdict?.facts ?? {},
  })
  return chain(move(state, noted), s => ring(s, at, s.settings.destinations[0]!))
}

function otherLanguage(state: State, at: number): Move {
  const { otherLanguage: other, language } = state.settings
  const next = state.language === language ? other : language
  if (!next) return move(state)
  const changed = { ...state, language: next }
  if (changed.isDeaf) return offerKeys(changed, at, words(changed).language)
  return say(changed, at, [words(changed).language, words(changed).opening], 'listen', { purpose: 'reason' })
}

/** Nobody said or pressed anything for a while. */
export function noInput(state: State, at: number): Move {
  const { purpose, number } = state
  const phrase = words(state)
  if (purpose === 'offer_number' || purpose === 'number' || purpose === 'confirm_number')
    return afterNumber(finishTyping(state, at), at)
  if (purpose === 'say_number' && number.typed !== '') return sayTyped(state, at)
  const prompts = state.prompts + 1
  const waited = { ...state, prompts }
  if (prompts > limits.prompts) return giveUp(waited, at)
  if (purpose === 'key_one') return say(waited, at, [phrase.pressOne], 'listen')
  if (state.isDeaf) return offerKeys(waited, at, '')
  if (purpose === 'message' || prompts === 1) return say(waited, at, [phrase.areYouThere], 'listen')
  return say(waited, at, [phrase.cannotHear], 'listen')
}

function giveUp(state: State, at: number): Move {
  if (state.purpose === 'key_one') {
    return say({ ...state, action: 'block' }, at, [words(state).refused], 'hang_up')
  }
  if (state.purpose === 'message') return say(state, at, [words(state).goodbye], 'hang_up')
  return toVoicemail({ ...state, number: { ...state.number, isDone: true } }, at, [undefined])
}
