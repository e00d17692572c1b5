import { hasWords, isEcho, isHum, patienceMs, readYesNo } from '../answers.ts'
import { phrases, stockPhrases } from '../phrases/index.ts'
import {
  addTurn,
  chain,
  doing,
  dropReply,
  hush,
  listen,
  move,
  note,
  say,
  startTimer,
  stopTimer,
  words,
} from './moves.ts'
import { hearNumberAnswer } from './numbers.ts'
import { offerKeys } from './opening.ts'
import { limits, type Move, type On, type State, timing } from './state.ts'
import { actWhenFree } from './verdict.ts'
import { toVoicemail } from './voicemail.ts'

/** From the caller's first sound to settled words: end-pointing, recognition, interruption, and what the words are for. */

// ---- sound begins

/** Heard while listening, or while the last words are still being recognised: the caller goes on. */
export const callerSpeaks = ((state, event) =>
  chain(hush(state, event.at), s =>
    move(
      { ...s, phase: 'hearing', isCallerSpeaking: true, transcribing: null },
      ...(s.transcribing === null ? [] : [{ type: 'cancel_reply' } as const]),
      ...(['no_input', 'patience', 'transcript', 'filler'] as const).map(stopTimer),
      startTimer('speech', timing.longestSpeechMs),
      doing('The caller is speaking'),
    ),
  )) satisfies On<'speech_started'>

/** Over our own voice: hold it until we know whether these are words. */
export const callerInterrupts = ((state, event) => {
  const { saying } = state
  if (!saying?.isInterruptible) return move({ ...state, isCallerSpeaking: true })
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

// ---- it was nothing

export const nothingHeard = ((state, event) => {
  const quiet = { ...state, isCallerSpeaking: false }
  const done = move(quiet, stopTimer('speech'))
  if (state.transcribing !== null) return done
  if (state.unsettled) return chain(done, s => settleWhenPatient(s, event.at))
  return chain(done, s => (s.utterances > 0 ? transcribe(s) : listen(s)))
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
  const again = { ...rest, startedAt: saying.startedAt + (pausedAt === undefined ? 0 : heldMs) }
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
  if (event.text !== undefined) return chain(noted, s => wordsCame(s, event.at, event.text!, undefined, 0))
  return chain(noted, transcribe)
}) satisfies On<'utterance'>

/** Said while nobody was listening (during the disclosure, a goodbye): its sound is not kept. */
export const unheeded = ((state: State) =>
  move({ ...state, isCallerSpeaking: false }, { type: 'forget_audio' }, stopTimer('speech'))) satisfies On<'utterance'>

function transcribe(state: State): Move {
  const turn = state.turn + 1
  const isRestarted = state.transcribing !== null
  return move(
    { ...state, turn, transcribing: turn },
    ...(isRestarted && state.deciding === null ? [{ type: 'cancel_reply' } as const] : []),
    { type: 'transcribe', turn, language: state.language },
    startTimer('transcript', timing.transcriptWithinMs),
    ...(state.phase === 'hearing' ? [startTimer('filler', timing.fillerMs)] : []),
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
    s => wordsCame(s, event.at, event.text, event.number, event.tookMs),
  )
}) satisfies On<'transcribed'>

function maybeChangeLanguage(state: State, spoken: State['language'] | undefined, text: string): Move {
  const isOther = spoken !== undefined && spoken !== state.language && spoken === state.settings.otherLanguage
  return isOther && text.trim().split(/\s+/).length >= 3 ? move({ ...state, language: spoken }) : move(state)
}

function wordsCame(state: State, at: number, text: string, number: string | undefined, _tookMs: number): Move {
  const isNothing = !hasWords(text)
  const isOverOurVoice = state.phase === 'interrupted' || state.phase === 'speaking'
  if (isOverOurVoice) {
    const isReal =
      state.saying?.isInterruptible === true && !isNothing && !isMereHum(state, text) && !isOurs(state, text)
    return isReal ? interrupt(state, at, text, number) : dismiss(state, at)
  }
  if (state.phase === 'thinking') return isNothing ? dismissAddition(state, at) : addWords(state, at, text, number)
  if (state.phase !== 'hearing') return move(state)
  if (isNothing) return nothingRecognised(state, at)
  return settleWhenPatient({ ...state, unsettled: { text: clip(text), ...(number && { number }) } }, at)
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
  return chain(hush(state, at), s =>
    settleWhenPatient({ ...s, phase: 'hearing', unsettled: { text: clip(text), ...(number && { number }) } }, at),
  )
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
      {
        ...state,
        phase: 'hearing',
        deciding: null,
        waiting: null,
        unsettled: { text: clip(text), ...(number && { number }) },
      },
      { type: 'cancel_reply' },
      stopTimer('decision'),
      stopTimer('filler'),
    ),
    s => hush(s, at),
    s => settleWhenPatient(s, at),
  )
}

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
    ...(state.saying ? [] : [startTimer('filler', Math.max(0, timing.fillerMs - (at - state.spokeAt)))]),
    doing('Deciding'),
  )
}

// ---- nothing, or failure

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

export const transcriptionFailed = ((state, event) => {
  if (event.turn !== state.transcribing) return move(state)
  const failed = move(
    { ...state, transcribing: null, deafness: state.deafness + 1 },
    stopTimer('transcript'),
    stopTimer('filler'),
    { type: 'forget_audio' },
    note({ kind: 'failed', data: { part: 'ears', message: event.message } }),
  )
  return chain(
    failed,
    s => move({ ...s, utterances: 0, speechMs: 0, unsettled: null }),
    s => {
      if (s.phase === 'interrupted') return s.isCallerSpeaking ? move(s) : resume(s, event.at)
      if (s.phase === 'thinking') return actWhenFree(s, event.at)
      if (s.phase !== 'hearing') return move(s)
      if (s.deafness >= limits.failures) return offerKeys({ ...s, isDeaf: true }, event.at)
      return say(s, event.at, [words(s).sayAgain], 'listen')
    },
  )
}) satisfies On<'transcription_failed'>

export const wentDeaf = ((state, event) => {
  if (state.isDeaf) return move(state)
  const deaf = move(
    { ...state, isDeaf: true, isCallerSpeaking: false },
    note({ kind: 'failed', data: { part: 'ears', message: event.message } }),
  )
  const isWaiting = ['listening', 'hearing'].includes(state.phase)
  return isWaiting ? chain(deaf, s => offerKeys(s, event.at)) : deaf
}) satisfies On<'deaf'>

export const decisionFailed = ((state, event) => {
  if (event.turn !== state.deciding) return move(state)
  return chain(
    move(
      { ...state, deciding: null },
      stopTimer('decision'),
      stopTimer('filler'),
      note({ kind: 'failed', data: { part: 'decision', message: event.message } }),
      note({
        kind: 'decided',
        data: {
          action: 'voicemail',
          reason: 'Nothing could be decided, so a message is taken.',
          decidedBy: 'fallback',
          rung: 'fallback',
        },
      }),
    ),
    s => toVoicemail(s, event.at, [words(s).engineTrouble]),
  )
}) satisfies On<'decision_failed'>
