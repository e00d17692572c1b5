import { readYesNo } from '../answers.ts'
import { readNumber } from '../phrases/index.ts'
import { move, say, words } from './moves.ts'
import { limits, type Move, type State } from './state.ts'

/** The number to call back: offered, asked for, read back, given up after two attempts. */

const shortest = 5
const longest = 20

/** What is still to be settled before a message is taken; null when nothing is. */
export function nextNumberQuestion(state: State): ((state: State, at: number) => Move) | null {
  const { verdict, number, settings, isDeaf } = state
  if (number.isDone || isDeaf || !verdict || !settings.canRecord || !settings.hasEars) return null
  if (verdict.facts.isSales || verdict.facts.isSuspicious) return null
  const spoken = verdict.facts.callbackNumber
  if (spoken) {
    if (sameNumber(spoken, settings.callerNumber)) return null
    return (s, at) => confirm(s, at, spoken)
  }
  if (!verdict.facts.wants || !/call|ring|phone|ruf|zurück/i.test(verdict.facts.wants)) return null
  return settings.callerNumber ? offer : (s, at) => ask(s, at, words(s).numberAsk)
}

function sameNumber(a: string, b: string | null): boolean {
  const tail = (number: string) => number.replace(/\D/g, '').slice(-9)
  return b !== null && tail(a).length >= shortest && tail(a) === tail(b)
}

const offer = (state: State, at: number): Move =>
  say(state, at, [words(state).numberOffer], 'listen', { purpose: 'offer_number' })

const ask = (state: State, at: number, question: string): Move =>
  say({ ...state, number: { ...state.number, typed: '', candidate: '' } }, at, [question], 'listen', {
    purpose: 'number',
  })

function confirm(state: State, at: number, candidate: string): Move {
  const asked = { ...state, number: { ...state.number, candidate, typed: '' } }
  return say(asked, at, [words(state).numberIs(readNumber(candidate, state.language))], 'listen', {
    purpose: 'confirm_number',
  })
}

/** Settled, one way or the other: `isDone` tells the caller of this function to go on with the message. */
function settle(state: State, confirmed: string | null): Move {
  const done = { ...state, number: { ...state.number, confirmed, typed: '', isDone: true } }
  return confirmed ? move(done, { type: 'keep_number', number: confirmed }) : move(done)
}

function missed(state: State, at: number): Move {
  const attempts = state.number.attempts + 1
  const counted = { ...state, number: { ...state.number, attempts } }
  if (attempts >= limits.numberAttempts) return settle(counted, null)
  return ask(counted, at, words(state).numberAgain)
}

function candidateOr(state: State, at: number, number: string | undefined): Move {
  const digits = number?.replace(/[^\d+]/g, '') ?? ''
  const count = digits.replace('+', '').length
  return count >= shortest && count <= longest ? confirm(state, at, digits) : missed(state, at)
}

/** The caller's words while a number is being settled. */
export function hearNumberAnswer(state: State, at: number, text: string, number: string | undefined): Move {
  const answer = readYesNo(text, state.language)
  if (number && state.purpose !== 'number' && answer !== true) return candidateOr(state, at, number)
  if (state.purpose === 'offer_number') return answerOffer(state, at, answer)
  if (state.purpose === 'confirm_number') return answerConfirm(state, at, answer)
  return candidateOr(state, at, number)
}

function answerOffer(state: State, at: number, answer: boolean | null): Move {
  if (answer === true) return settle(state, state.settings.callerNumber)
  return answer === false ? ask(state, at, words(state).numberAsk) : missed(state, at)
}

function answerConfirm(state: State, at: number, answer: boolean | null): Move {
  return answer === true ? settle(state, state.number.candidate) : missed(state, at)
}

/** A key while a number is being settled. */
export function typeNumber(state: State, at: number, digit: string): Move {
  if (state.purpose !== 'number' && state.number.typed === '' && (digit === '1' || digit === '2')) {
    const answer = digit === '1'
    return state.purpose === 'offer_number' ? answerOffer(state, at, answer) : answerConfirm(state, at, answer)
  }
  if (digit === '#') return finishTyping(state, at)
  return move({ ...state, purpose: 'number', number: { ...state.number, typed: addDigit(state.number.typed, digit) } })
}

export function addDigit(typed: string, digit: string): string {
  return /^\d$/.test(digit) && typed.length < longest ? typed + digit : typed
}

/** `#`, or nothing more for a while. */
export function finishTyping(state: State, at: number): Move {
  return candidateOr(state, at, state.number.typed)
}
