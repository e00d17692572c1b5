import { ring } from './handover.ts'
import { press } from './keys.ts'
import { chain, finish, listen, move, note, said, say, startTimer, stopTimer, words } from './moves.ts'
import { afterGreeting } from './opening.ts'
import { limits, type Move, type Next, type On, type State, timing } from './state.ts'
import { record } from './voicemail.ts'

/** Our own voice: begun, ended, failed, and what comes after it. */

export const begun = ((state, event) => {
  const { saying } = state
  if (event.playback !== saying?.playback) return move(state)
  const isFiller = saying.next === 'think'
  const isFirst = !state.isDisclosed && saying.next === 'greet'
  return move(
    { ...state, saying: { ...saying, startedAt: event.at }, isReplyDue: state.isReplyDue && isFiller },
    ...(isFirst
      ? [
          note({
            kind: 'measured',
            data: { stage: 'answer_to_first_word', ms: Math.round(event.at - state.answeredAt) },
          }),
        ]
      : []),
    ...(state.isReplyDue && !isFiller
      ? [
          note({
            kind: 'measured',
            data: { stage: 'reply_at_ear', ms: Math.round(event.at - state.spokeAt), turn: state.turn },
          }),
        ]
      : []),
  )
}) satisfies On<'playback_started'>

export const played = ((state, event) => {
  const { saying } = state
  if (event.playback !== saying?.playback) return move(state)
  return spoken(state, event.at)
}) satisfies On<'playback_finished'>

/** Goes on after a sentence. */
export function spoken(state: State, at: number): Move {
  const { saying } = state
  if (!saying) return move(state)
  // held for a possible interruption when it had just ended: whatever comes now is the answer to it
  if (state.phase === 'interrupted') {
    return chain(said(state), s =>
      s.transcribing === null
        ? move({ ...s, phase: 'hearing' }, startTimer('speech', timing.longestSpeechMs))
        : recognising(s),
    )
  }
  return chain(said(state), s => after[saying.next](s, at))
}

const after: Record<Next, (state: State, at: number) => Move> = {
  greet: (state, at) => afterGreeting(state, at, press),
  listen: state => (state.transcribing === null ? listen(state) : recognising(state)),
  record,
  think: (state, at) => fillAgain({ ...state, filledAt: at }),
  dial(state, at) {
    const to = state.settings.destinations.find(({ target }) => target === state.verdict?.destination)
    return ring(state, at, to ?? state.settings.destinations[0]!)
  },
  hang_up: (state, at) => finish(state, at, state.endsBy),
}

/** What was said over our voice is still being recognised: nobody hears nothing meanwhile. */
const recognising = (state: State) =>
  move(
    { ...state, phase: 'hearing' },
    { type: 'listen', endOfSpeechMs: timing.endOfSpeechMs, isSpeaking: false },
    startTimer('filler', timing.fillerMs),
  )

const isBusy = (state: State) =>
  state.phase === 'thinking' || (state.phase === 'hearing' && state.transcribing !== null)

/** A short sentence while we work, never over the caller: the first soon, others so that nobody hears nothing for two seconds. */
export function fill(state: State): Move {
  const mayFill = isBusy(state) && !state.saying && !state.isCallerSpeaking && !state.waiting
  // nobody listens to a text line; on a telephone with a full disk somebody does
  const isText = !state.settings.canRecord && !state.settings.canDial
  if (!mayFill || isText) return move(state)
  const { oneMoment, stillHere, almostDone } = words(state)
  const text = [oneMoment, stillHere, almostDone][state.fills % 3]!
  const playback = state.playback + 1
  return move(
    {
      ...state,
      playback,
      fills: state.fills + 1,
      saying: { playback, text, isInterruptible: true, next: 'think', startedAt: null },
    },
    { type: 'speak', playback, parts: [text], language: state.language },
    startTimer('playback', timing.slackMs * 2),
  )
}

function fillAgain(state: State): Move {
  return isBusy(state) && !state.isCallerSpeaking ? move(state, startTimer('filler', timing.nextFillerMs)) : move(state)
}

/** No sound could be made. A second time in a row the dialplan, which has a voice of its own, takes the caller. */
export const voiceFailed = ((state, event) => {
  const { saying } = state
  if (event.playback !== saying?.playback) return move(state)
  const muteness = state.muteness + 1
  const failed = move(
    { ...state, muteness },
    note({ kind: 'failed', data: { part: 'voice', message: event.message } }),
    stopTimer('playback'),
  )
  // unspoken, the disclosure opens nothing: no ears, no recording
  if (saying.next === 'greet' || muteness >= limits.failures) {
    return chain(failed, s => finish({ ...s, saying: null }, event.at, 'fault', 'release'))
  }
  const silent = { ...failed.state, saying: null }
  if (saying.next === 'listen' && state.phase !== 'thinking') {
    return chain(move(silent, ...failed.effects), s => say(s, event.at, [words(s).moreAboutIt], 'listen'))
  }
  return chain(move(silent, ...failed.effects), s => after[saying.next](s, event.at))
}) satisfies On<'speak_failed'>
