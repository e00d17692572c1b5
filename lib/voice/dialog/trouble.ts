import { resume } from './hearing.ts'
import { chain, move, note, say, stopTimer, words } from './moves.ts'
import { offerKeys } from './opening.ts'
import { limits, type On } from './state.ts'
import { actWhenFree } from './verdict.ts'
import { toVoicemail } from './voicemail.ts'

/** Ears and decisions that fail: the caller hears a sentence and what is still possible. */

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
      if (s.phase !== 'hearing' || s.isCallerSpeaking) return move(s)
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
