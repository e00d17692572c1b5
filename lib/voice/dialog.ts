import { comeBack, dialled, legKey, legSaid, parted } from './dialog/handover.ts'
import {
  callerAdds,
  callerInterrupts,
  callerSpeaks,
  follow,
  keepLastWords,
  nothingAdded,
  nothingHeard,
  notInterrupted,
  overheard,
  resume,
  transcribed,
  unheeded,
  uttered,
} from './dialog/hearing.ts'
import { noInput, pressed } from './dialog/keys.ts'
import { chain, finish, hush, move, note, startTimer, stopTimer } from './dialog/moves.ts'
import { answered } from './dialog/opening.ts'
import { limitReached, ordered } from './dialog/orders.ts'
import { settled } from './dialog/settling.ts'
import { begun, fill, played, spoken, voiceFailed } from './dialog/speaking.ts'
import { type DialogEvent, type Move, type On, type Phase, type State, type TimerName, timing } from './dialog/state.ts'
import { decisionFailed, transcriptionFailed, wentDeaf } from './dialog/trouble.ts'
import { decided, screened } from './dialog/verdict.ts'
import { recorded, recordingFailed } from './dialog/voicemail.ts'

/**
 * The conversation. `step` takes what happened and answers what is to be done: no clock, no sound, no throw. Read the two
 * tables: what means the same at any time, and what a phase understands differently. An event that stands in neither is
 * of no interest in that phase.
 */
type Handlers = { [T in DialogEvent['type']]?: On<T> }

const always: Handlers = {
  playback_started: begun,
  playback_finished: played,
  speak_failed: voiceFailed,
  speech_started: s => move({ ...s, isCallerSpeaking: true }),
  speech_dismissed: s => move({ ...s, isCallerSpeaking: false }),
  speech_so_far: follow,
  overheard,
  utterance: unheeded,
  transcribed,
  transcription_failed: transcriptionFailed,
  decided,
  decision_failed: decisionFailed,
  dtmf: pressed,
  timer: (s, e) => timers[e.timer](s, e.at),
  dialled,
  leg_key: legKey,
  leg_said: legSaid,
  parted,
  recorded,
  recording_failed: recordingFailed,
  command: ordered,
  deaf: wentDeaf,
  hung_up: (s, e) => chain(keepLastWords(s), kept => finish(kept, e.at, 'caller', 'gone')),
  failed: (s, e) => {
    const last = finish(s, e.at, 'fault', 'gone')
    return move(last.state, note({ kind: 'failed', data: { part: 'line', message: e.message } }), ...last.effects)
  },
  // a telephone's call goes on without us; a browser's sound ends with this process
  drain: (s, e) => (s.phase === 'joined' && !s.dial?.isBrowser ? move(s) : finish(s, e.at, 'fault', 'release')),
}

const phases: Record<Exclude<Phase, 'ended'>, Handlers> = {
  screening: {
    arrived: s => move(s, { type: 'screen' }, startTimer('answer', timing.answerWithinMs)),
    screened,
  },
  answering: { answered },
  speaking: { speech_started: callerInterrupts, utterance: whileSpeaking },
  interrupted: { speech_dismissed: notInterrupted, utterance: uttered },
  listening: { speech_started: callerSpeaks, utterance: uttered },
  hearing: { speech_started: callerSpeaks, speech_dismissed: nothingHeard, utterance: uttered },
  thinking: { speech_started: callerAdds, speech_dismissed: nothingAdded, utterance: uttered },
  dialling: {},
  asking: {},
  whispering: {},
  joined: {},
  recording: {
    speech_started: s => move({ ...s, isCallerSpeaking: true, hasSpoken: true }),
    hung_up: s =>
      move({ ...s, phase: 'closing' }, { type: 'stop_recording' }, stopTimer('recording'), startTimer('hard', 3_000)),
  },
  closing: {
    recorded(s, e) {
      const done = recorded(s, e)
      const last = finish(done.state, e.at, 'caller', 'gone')
      return move(last.state, ...done.effects, ...last.effects)
    },
    recording_failed: (s, e) => finish(s, e.at, 'caller', 'gone'),
    command: s => move(s),
    dtmf: s => move(s),
  },
}

/** Words over a sentence that resumed meanwhile still count; over one that nobody interrupts they do not. */
function whileSpeaking(s: State, e: Extract<DialogEvent, { type: 'utterance' }>): Move {
  return s.saying?.isInterruptible ? uttered(s, e) : unheeded(s)
}

const timers: Record<TimerName, (state: State, at: number) => Move> = {
  answer: (s, at) =>
    s.phase === 'screening'
      ? screened(s, { type: 'screened', verdict: null, at })
      : s.phase === 'answering'
        ? finish(s, at, 'fault')
        : move(s),
  // the line lost it: as good as played
  playback: spoken,
  words: (s, at) => {
    if (s.phase !== 'interrupted') return move(s)
    // still speaking after all this time: it is no cough
    if (s.isCallerSpeaking) {
      const quiet = hush(s, at)
      return move({ ...quiet.state, phase: 'hearing' }, ...quiet.effects, startTimer('speech', timing.longestSpeechMs))
    }
    return resume(s, at)
  },
  no_input: (s, at) => (s.phase === 'listening' ? noInput(s, at) : move(s)),
  speech: (s, at) => {
    if (!s.isCallerSpeaking) return move(s)
    if (s.phase === 'hearing') return nothingHeard(s, { type: 'speech_dismissed', at })
    return s.phase === 'thinking' ? nothingAdded(s, { type: 'speech_dismissed', at }) : move(s)
  },
  transcript: (s, at) =>
    s.transcribing === null
      ? move(s)
      : transcriptionFailed(s, {
          type: 'transcription_failed',
          turn: s.transcribing,
          message: 'No answer in time.',
          at,
        }),
  patience: (s, at) => (s.phase === 'hearing' && !s.isCallerSpeaking ? settled(s, at) : move(s)),
  filler: fill,
  decision: (s, at) =>
    s.deciding === null
      ? move(s)
      : decisionFailed(s, { type: 'decision_failed', turn: s.deciding, message: 'No answer in time.', at }),
  dial: (s, at) => (s.dial && s.phase !== 'joined' ? comeBack(s, at, 'failed') : move(s)),
  recording: (s, at) =>
    s.phase === 'recording'
      ? recordingFailed(s, { type: 'recording_failed', message: 'It did not end.', at })
      : move(s),
  progress: limitReached,
  total: limitReached,
  hard: (s, at) => {
    if (s.phase === 'joined') return move(s)
    return s.phase === 'closing' ? finish(s, at, 'caller', 'gone') : finish(s, at, 'limit')
  },
}

/** One event into the conversation. After `ended` nothing happens any more. */
export function step(state: State, event: DialogEvent): Move {
  if (state.phase === 'ended') return { state, effects: [] }
  const handler = (phases[state.phase][event.type] ?? always[event.type]) as
    | ((state: State, event: DialogEvent) => Move)
    | undefined
  return handler ? handler(state, event) : move(state)
}
