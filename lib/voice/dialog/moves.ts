import { type Phrases, phrases } from '../phrases/index.ts'
import {
  type Action,
  type Effect,
  type EndedBy,
  limits,
  type Move,
  type Next,
  type Note,
  type Purpose,
  type State,
  type TimerName,
  type Turn,
  timing,
} from './state.ts'

/** The small steps that every part of the conversation is made of. Each takes a state and answers a move. */

export const move = (state: State, ...effects: Effect[]): Move => ({ state, effects })

/** Does one thing after the other; effects add up. */
export function chain(first: Move, ...steps: ((state: State) => Move)[]): Move {
  return steps.reduce((done, step) => {
    const next = step(done.state)
    return { state: next.state, effects: [...done.effects, ...next.effects] }
  }, first)
}

export const note = (written: Note): Effect => ({ type: 'note', note: written })
export const startTimer = (timer: TimerName, ms: number): Effect => ({ type: 'start_timer', timer, ms })
export const stopTimer = (timer: TimerName): Effect => ({ type: 'stop_timer', timer })
export const doing = (sentence: string, next?: string, nextInMs?: number): Effect =>
  note({ kind: 'doing', data: { doing: sentence, ...(next && { next }), ...(nextInMs && { nextInMs }) } })

export const words = (state: State): Phrases => phrases(state.language)

/** How long a sentence takes to say, roughly: for watchdogs and for what was heard of it. */
export const spokenMs = (text: string): number => 400 + text.length * 75

/** Nobody listens to more, and a model may write a novel. */
const longestSentence = 500

export function addTurn(state: State, turn: Turn): State {
  return { ...state, turns: [...state.turns, turn].slice(-limits.turns) }
}

/** Silence: what was being said ends here, and the story keeps what was heard of it. */
export function hush(state: State, at: number): Move {
  const { saying } = state
  if (!saying) return move(state)
  const heardMs = saying.startedAt === null ? 0 : Math.max(0, (saying.pausedAt ?? at) - saying.startedAt)
  const { heard, cut } = splitHeard(saying.text, heardMs)
  const told: Note = { kind: 'said', data: { turn: saying.playback, text: saying.text, heardMs, ...(cut && { cut }) } }
  const quiet = { ...state, saying: null }
  return move(
    heard ? addTurn(quiet, { who: 'assistant', text: heard }) : quiet,
    { type: 'stop_playback' },
    stopTimer('playback'),
    stopTimer('words'),
    note(told),
  )
}

/** Splits at the word that was reached after `heardMs`. */
export function splitHeard(text: string, heardMs: number): { heard: string; cut: string } {
  const reached = Math.floor(((heardMs - 150) / spokenMs(text)) * text.length)
  if (reached >= text.length) return { heard: text, cut: '' }
  const end = reached <= 0 ? 0 : text.lastIndexOf(' ', reached)
  return { heard: text.slice(0, Math.max(0, end)).trim(), cut: text.slice(Math.max(0, end)).trim() }
}

/** Nothing more is expected of recogniser and screening; what they still answer is stale. */
export function dropReply(state: State): Move {
  const idle: State = {
    ...state,
    transcribing: null,
    deciding: null,
    unsettled: null,
    overheard: '',
    prefix: '',
    waiting: null,
    utterances: 0,
    speechMs: 0,
  }
  const effects: Effect[] = []
  if (state.transcribing !== null || state.deciding !== null) effects.push({ type: 'cancel_reply' })
  if (state.utterances > 0) effects.push({ type: 'forget_audio' })
  return move(
    idle,
    ...effects,
    ...(['no_input', 'speech', 'transcript', 'patience', 'filler', 'decision', 'words'] as const).map(stopTimer),
  )
}

/**
 * What was being said ends for a sentence that comes now. A filler is not cut in the middle of its few words: the line plays
 * the sentence right behind it. One that nobody has heard any of is dropped.
 */
function giveWay(state: State, at: number): Move {
  const { saying } = state
  if (saying?.next !== 'think') return hush(state, at)
  if (saying.startedAt !== null) return said(state)
  return move({ ...state, saying: null }, { type: 'stop_playback' }, stopTimer('playback'))
}

/** Until a filler is due: from the last sound that was heard, however late we learned of it, so that a busy machine is not heard as silence. */
export function fillerInMs({ spokeAt, filledAt }: State, at: number): number {
  const dueAt = Math.max(spokeAt + timing.endOfSpeechMs + timing.fillerMs, filledAt + timing.nextFillerMs)
  return Math.max(timing.decidedSoonMs, dueAt - at)
}

/** Says sentences, then goes on with `next`. Whatever was being said or thought before ends. */
export function say(
  state: State,
  at: number,
  parts: readonly (string | undefined)[],
  next: Next,
  options: { isInterruptible?: boolean; purpose?: Purpose } = {},
): Move {
  const sentences = parts.flatMap(part => (part?.trim() ? [part.trim().slice(0, longestSentence)] : []))
  const text = sentences.join(' ')
  return chain(
    giveWay(state, at),
    s => dropReply(s),
    s => {
      const playback = s.playback + 1
      const isInterruptible = (options.isInterruptible ?? next === 'listen') && !s.isDeaf
      return move(
        {
          ...s,
          phase: 'speaking',
          playback,
          fills: 0,
          purpose: options.purpose ?? s.purpose,
          saying: { playback, text, isInterruptible, next, startedAt: null },
        },
        {
          type: 'listen',
          endOfSpeechMs: timing.endOfSpeechMs,
          isSpeaking: true,
          ...(isInterruptible && { yieldsToSpeech: true }),
        },
        { type: 'speak', playback, parts: sentences, language: s.language },
        startTimer('playback', spokenMs(text) * 2 + timing.slackMs),
      )
    },
  )
}

/** Our sentence is over: it becomes part of the story. */
export function said(state: State): Move {
  const { saying } = state
  if (!saying) return move(state)
  return move(
    addTurn({ ...state, saying: null, muteness: 0 }, { who: 'assistant', text: saying.text }),
    stopTimer('playback'),
    stopTimer('words'),
    note({ kind: 'said', data: { turn: saying.playback, text: saying.text } }),
  )
}

/** From now on the caller is heard. */
export function listen(state: State): Move {
  const isNumber = state.purpose === 'number' || state.purpose === 'say_number'
  const effects: Effect[] = [
    {
      type: 'listen',
      endOfSpeechMs: isNumber ? timing.numberEndOfSpeechMs : timing.endOfSpeechMs,
      isSpeaking: false,
    },
  ]
  if (state.isCallerSpeaking && !state.isDeaf) {
    return move({ ...state, phase: 'hearing' }, ...effects, startTimer('speech', timing.longestSpeechMs))
  }
  const waitMs = isNumber ? timing.numberInputMs : timing.noInputMs
  return move(
    { ...state, phase: 'listening', isCallerSpeaking: false },
    ...effects,
    startTimer('no_input', waitMs),
    doing('Listening', state.isDeaf ? 'Offers the keys again' : 'Asks whether the caller is still there', waitMs),
  )
}

/** The last move of every call. */
export function finish(
  state: State,
  at: number,
  by: EndedBy,
  how: 'normal' | 'busy' | 'rejected' | 'release' | 'gone' = 'normal',
): Move {
  return chain(
    hush(state, at),
    s => dropReply(s),
    s => {
      const effects: Effect[] = []
      if (s.dial) effects.push({ type: 'drop_leg', attempt: s.dial.attempt })
      if (how === 'release') effects.push({ type: 'release' })
      else if (how !== 'gone') effects.push({ type: 'hang_up', cause: how })
      const action: Action | null = s.action
      effects.push(note({ kind: 'ended', data: { by, action } }), { type: 'end', by, action })
      return move({ ...s, phase: 'ended', dial: null }, ...effects)
    },
  )
}
