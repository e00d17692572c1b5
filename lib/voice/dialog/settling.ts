import { patienceMs } from '../answers.ts'
import { phrases, stockPhrases } from '../phrases/index.ts'
import { addTurn, chain, doing, fillerInMs, move, note, say, startTimer, stopTimer, words } from './moves.ts'
import { hearNumberAnswer } from './numbers.ts'
import { limits, type Move, type State, timing } from './state.ts'
import { toVoicemail } from './voicemail.ts'

/** When a turn is over, and what its words are for. */

/** Adaptive end-pointing: the words themselves say how long to wait for more. */
export function settleWhenPatient(state: State, at: number): Move {
  if (!state.unsettled || state.isCallerSpeaking) return move(state)
  const isNumber = state.purpose === 'number' || state.purpose === 'say_number'
  const patience = state.settings.canDial || state.settings.canRecord
  const waitMs = patience ? state.spokeAt + patienceMs(state.unsettled.text, state.language, isNumber) - at : 0
  return waitMs > 0 ? move(state, startTimer('patience', waitMs)) : settled(state, at)
}

/** The caller's turn is complete. */
export function settled(state: State, at: number): Move {
  const { unsettled } = state
  if (!unsettled) return move(state)
  const heard: State = addTurn(
    {
      ...state,
      unsettled: null,
      overheard: '',
      prefix: '',
      utterances: 0,
      speechMs: 0,
      misheard: 0,
      prompts: state.purpose === 'key_one' ? state.prompts : 0,
      isReplyDue: true,
    },
    { who: 'caller', text: unsettled.text },
  )
  const told = move(
    heard,
    note({ kind: 'heard', data: { turn: state.turn, text: unsettled.text, speechMs: state.speechMs } }),
    note({
      kind: 'measured',
      data: { stage: 'end_of_speech', ms: Math.max(0, Math.round(at - state.spokeAt)), turn: state.turn },
    }),
    { type: 'forget_audio' },
    startTimer('progress', timing.progressMs),
    stopTimer('patience'),
  )
  if (state.purpose === 'key_one' && !/^\W*(1|one|eins)\W*$/i.test(unsettled.text)) {
    return chain(told, s => insistOnKey(s, at))
  }
  const isNumber = ['offer_number', 'number', 'confirm_number'].includes(state.purpose)
  if (isNumber) return chain(told, s => afterNumber(hearNumberAnswer(s, at, unsettled.text, unsettled.number), at))
  return chain(told, s => think(s, at))
}

/** Words where a key was asked for. */
function insistOnKey(state: State, at: number): Move {
  const prompts = state.prompts + 1
  const phrase = words(state)
  if (prompts > limits.prompts) return say({ ...state, action: 'block' }, at, [phrase.refused], 'hang_up')
  return say({ ...state, prompts }, at, [phrase.pressOne], 'listen')
}

/** When the number is settled, the message follows. */
export function afterNumber(answered: Move, at: number): Move {
  return answered.state.number.isDone && answered.state.phase !== 'speaking'
    ? chain(answered, s => toVoicemail(s, at))
    : answered
}

/** Without our own prompts: "are you still there?" is no question about the call. */
function relevantTurns({ turns, language }: State): State['turns'] {
  const prompts = new Set(stockPhrases(language))
  prompts.delete(phrases(language).opening)
  return turns.filter(({ who, text }) => who === 'caller' || !prompts.has(text))
}

/** Asks screening what to do with everything said so far. */
export function think(state: State, at: number): Move {
  const turn = state.turn + 1
  return move(
    { ...state, phase: 'thinking', turn, deciding: turn, waiting: null },
    { type: 'decide', turn, turns: relevantTurns(state) },
    startTimer('decision', timing.decisionWithinMs),
    ...(state.saying ? [] : [startTimer('filler', fillerInMs(state, at))]),
    doing('Deciding'),
  )
}
