import { hasWords, isEcho, isHum, readYesNo } from '../answers.ts'
import {
  chain,
  doing,
  dropReply,
  fillerInMs,
  hush,
  listen,
  move,
  note,
  say,
  startTimer,
  stopTimer,
  words,
} from './moves.ts'
import { settleWhenPatient } from './settling.ts'
import { limits, type Move, type On, type State, timing } from './state.ts'
import { actWhenFree } from './verdict.ts'
import { toVoicemail } from './voicemail.ts'

/** From the caller's first sound to settled words: recognition, and what interrupts whom. */

// ---- sound begins

/** Heard while listening, or while the last words are still being recognised: the caller goes on. */
export const callerSpeaks = ((state, event) =>
  chain(
    hush(state, event.at),
    s => (s.unsettled && s.speechMs >= timing.longTurnMs ? keepPrefix(s) : move(s)),
    s =>
      move(
        { ...s, phase: 'hearing', isCallerSpeaking: true, transcribing: isLong(s) ? s.transcribing : null },
        ...(s.transcribing === null || isLong(s) ? [] : [{ type: 'cancel_reply' } as const]),
        ...(['no_input', 'patience', 'filler'] as const).map(stopTimer),
        ...(isLong(s) ? [] : [stopTimer('transcript')]),
        startTimer('speech', timing.longestSpeechMs),
        doing('The caller is speaking'),
      ),
  )) satisfies On<'speech_started'>

/** Of a long turn the words so far are worth keeping; recognising it all again with the rest would take ever longer. */
const isLong = (state: State) => state.transcribing !== null && state.speechMs >= timing.longTurnMs

/** Over our own voice: hold it until we know whether these are words. */
export const callerInterrupts = ((state, event) => {
  const { saying } = state
  // the line may have stopped an earlier sentence that gave way to this one
  if (!saying?.isInterruptible) return move({ ...state, isCallerSpeaking: true }, { type: 'resume' })
  return move(
    { ...state, phase: 'interrupted', isCallerSpeaking: true, saying: { ...saying, pausedAt: event.at } },
    { type: 'pause' },
    stopTimer('playback'),
    startTimer('words', timing.wordsMs),
  )
}) satisfies On<'speech_started'>

/** While a decision is made: a filler ends at once, the decision waits until we know what was added. */
export const callerAdds = ((state, event) =>
  chain(hush(state, event.at), s =>
    move({ ...s, isCallerSpeaking: true }, stopTimer('filler'), startTimer('speech', timing.longestSpeechMs)),
  )) satisfies On<'speech_started'>

// ---- while it goes on: words for the eyes of who watches. Nothing waits for them and nothing follows from them.

const isFollowed = (state: State) => state.phase === 'hearing' && state.isCallerSpeaking && state.transcribing === null

export const follow = ((state: State) =>
  isFollowed(state)
    ? move(state, { type: 'overhear', turn: state.turn + 1, language: state.language })
    : move(state)) satisfies On<'speech_so_far'>

export const overheard = ((state, event) => {
  if (!isFollowed(state) || event.turn !== state.turn + 1 || !hasWords(event.text)) return move(state)
  const text = clip(`${state.prefix} ${event.text}`)
  return move({ ...state, overheard: text }, note({ kind: 'hearing', data: { turn: event.turn, text } }))
}) satisfies On<'overheard'>

/** The caller left in the middle of a turn: what was understood of it stays in the story. */
export function keepLastWords(state: State): Move {
  const text = state.unsettled?.text || state.overheard || state.prefix
  if (!text) return move(state)
  const turn = state.unsettled || state.transcribing !== null ? state.turn : state.turn + 1
  return move(
    {
      ...state,
      turn,
      unsettled: null,
      overheard: '',
      prefix: '',
      turns: [...state.turns, { who: 'caller' as const, text }].slice(-limits.turns),
    },
    note({ kind: 'heard', data: { turn, text } }),
  )
}

// ---- it was nothing

export const nothingHeard = ((state, event) => {
  const quiet = { ...state, isCallerSpeaking: false }
  const done = move(quiet, stopTimer('speech'))
  if (state.transcribing !== null) return done
  if (state.unsettled) return chain(done, s => settleWhenPatient(s, event.at))
  if (state.prefix && state.utterances === 0) return chain(done, s => settleWhenPatient(withWords(s, ''), event.at))
  return chain(done, s => (s.utterances > 0 ? transcribe(s, event.at) : listen(s)))
}) satisfies On<'speech_dismissed'>

export const nothingAdded = ((state, event) =>
  chain(move({ ...state, isCallerSpeaking: false }, stopTimer('speech')), s =>
    actWhenFree(s, event.at),
  )) satisfies On<'speech_dismissed'>

export const notInterrupted = ((state, event) =>
  resume({ ...state, isCallerSpeaking: false }, event.at)) satisfies On<'speech_dismissed'>

/** Goes on where it stopped. */
export function resume(state: State, at: number): Move {
  const { saying } = state
  if (!saying) return listen(state)
  const heldMs = at - (saying.pausedAt ?? at)
  const { pausedAt, ...rest } = saying
  const { startedAt } = saying
  const again = { ...rest, startedAt: startedAt !== null && pausedAt !== undefined ? startedAt + heldMs : startedAt }
  const sentenceMs = timing.slackMs + saying.text.length * 150
  return move(
    { ...state, phase: 'speaking', saying: again },
    { type: 'resume' },
    stopTimer('words'),
    startTimer('playback', sentenceMs),
  )
}

// ---- a whole utterance

export const uttered = ((state, event) => {
  const kept: State = {
    ...state,
    isCallerSpeaking: false,
    utterances: state.utterances + 1,
    speechMs: state.speechMs + event.speechMs,
    spokeAt: event.endedAt,
    phase: state.phase === 'listening' ? 'hearing' : state.phase,
  }
  const noted = move(kept, stopTimer('speech'), stopTimer('no_input'))
  if (event.text !== undefined) return chain(noted, s => wordsCame(s, event.at, event.text!, undefined))
  return chain(noted, s => transcribe(s, event.at))
}) satisfies On<'utterance'>

/** Said while nobody was listening (during the disclosure, a goodbye): its sound is not kept. */
export const unheeded = ((state: State) =>
  move({ ...state, isCallerSpeaking: false }, { type: 'forget_audio' }, stopTimer('speech'))) satisfies On<'utterance'>

function transcribe(state: State, at: number): Move {
  const turn = state.turn + 1
  const isRestarted = state.transcribing !== null
  return move(
    { ...state, turn, transcribing: turn },
    ...(isRestarted && state.deciding === null ? [{ type: 'cancel_reply' } as const] : []),
    { type: 'transcribe', turn, language: state.language },
    startTimer('transcript', timing.transcriptWithinMs),
    ...(state.phase === 'hearing' ? [startTimer('filler', fillerInMs(state, at))] : []),
  )
}

// ---- words

export const transcribed = ((state, event) => {
  if (event.turn !== state.transcribing) return move(state)
  const known = move(
    { ...state, transcribing: null, deafness: 0 },
    stopTimer('transcript'),
    note({ kind: 'measured', data: { stage: 'heard_to_transcript', ms: event.tookMs, turn: event.turn } }),
  )
  return chain(
    known,
    s => maybeChangeLanguage(s, event.language, event.text),
    s => wordsCame(s, event.at, event.text, event.number),
  )
}) satisfies On<'transcribed'>

function maybeChangeLanguage(state: State, spoken: State['language'] | undefined, text: string): Move {
  const isOther = spoken !== undefined && spoken !== state.language && spoken === state.settings.otherLanguage
  return isOther && text.trim().split(/\s+/).length >= 3 ? move({ ...state, language: spoken }) : move(state)
}

function wordsCame(state: State, at: number, text: string, number: string | undefined): Move {
  const isNothing = !hasWords(text)
  const isOverOurVoice = state.phase === 'interrupted' || state.phase === 'speaking'
  if (isOverOurVoice) {
    const isReal =
      state.saying?.isInterruptible === true && !isNothing && !isMereHum(state, text) && !isOurs(state, text)
    return isReal ? interrupt(state, at, text, number) : dismiss(state, at)
  }
  if (state.phase === 'thinking') return isNothing ? dismissAddition(state, at) : addWords(state, at, text, number)
  if (state.phase !== 'hearing') return move(state)
  if (isNothing && !state.prefix) return nothingRecognised(state, at)
  const known = withWords(state, text, number)
  return state.isCallerSpeaking ? keepPrefix(known) : settleWhenPatient(known, at)
}

/** These words, after those of the turn's earlier parts. */
function withWords(state: State, text: string, number?: string): State {
  return { ...state, unsettled: { text: clip(`${state.prefix} ${text}`), ...(number && { number }) } }
}

/** The caller goes on speaking: the words so far are the turn's beginning, and their sound is done with. */
function keepPrefix(state: State): Move {
  const prefix = state.unsettled?.text ?? ''
  return move({ ...state, prefix, unsettled: null, utterances: 0, speechMs: 0 }, { type: 'forget_audio' })
}

/** Our own voice, come back. Digits that correct a number we read out are the caller's, however alike they are. */
function isOurs({ purpose, saying }: State, text: string): boolean {
  return purpose !== 'confirm_number' && saying !== null && isEcho(text, saying.text)
}

/** "Okay" over our voice is a hum, except where a yes is what we wait for. */
function isMereHum({ purpose, language }: State, text: string): boolean {
  const wantsYes = purpose === 'offer_number' || purpose === 'confirm_number'
  return isHum(text) && !(wantsYes && readYesNo(text, language) !== null)
}

const clip = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 2_000)

/** A real interruption: what we were saying ends here. */
function interrupt(state: State, at: number, text: string, number: string | undefined): Move {
  return chain(hush(state, at), s => settleWhenPatient(withWords({ ...s, phase: 'hearing' }, text, number), at))
}

function dismiss(state: State, at: number): Move {
  const forgotten = move({ ...state, utterances: 0, speechMs: 0 }, { type: 'forget_audio' })
  if (state.phase === 'speaking' || state.isCallerSpeaking) return forgotten
  return chain(forgotten, s => resume(s, at))
}

function dismissAddition(state: State, at: number): Move {
  return chain(move({ ...state, utterances: 0, speechMs: 0 }, { type: 'forget_audio' }), s => actWhenFree(s, at))
}

/** More words while the decision was being made: it is made again, knowing them. */
function addWords(state: State, at: number, text: string, number: string | undefined): Move {
  return chain(
    move(
      withWords({ ...state, phase: 'hearing', deciding: null, waiting: null }, text, number),
      { type: 'cancel_reply' },
      stopTimer('decision'),
      stopTimer('filler'),
    ),
    s => hush(s, at),
    s => settleWhenPatient(s, at),
  )
}

function nothingRecognised(state: State, at: number): Move {
  if (state.isCallerSpeaking) return move(state)
  const wasLong = state.speechMs >= 600
  const empty = chain(dropReply(state), s => move({ ...s, misheard: s.misheard + (wasLong ? 1 : 0) }))
  if (!wasLong) return chain(empty, listen)
  return chain(empty, s => {
    if (s.misheard > limits.misheard) return toVoicemail(s, at, [words(s).notUnderstood])
    return say(s, at, [words(s).sayAgain], 'listen')
  })
}
