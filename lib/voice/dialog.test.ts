import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DialogEvent,
  type Effect,
  initialState,
  type Settings,
  type State,
  type TimerName,
} from './dialog/state.ts'
import { step } from './dialog.ts'

/** Whatever happens, in whatever order: properties of the conversation as a whole. */

const settings: Settings = {
  language: 'en',
  otherLanguage: 'de',
  greeting: 'Hello.',
  disclosure: 'I am an assistant.',
  isRecording: true,
  callerNumber: '+4930111222',
  destinations: [{ target: '100', label: 'Home' }],
  hasEars: true,
  canRecord: true,
  canDial: true,
  canMeet: true,
}

const verdict = fc.record({
  action: fc.constantFrom('forward', 'voicemail', 'ask_question', 'block'),
  destination: fc.constantFrom('100', '+19005550000', undefined),
  question: fc.constantFrom('Who?', 'Why?', 'When?', 'Where?', undefined),
  expects: fc.constantFrom('speech', 'number', 'key_one', undefined),
  say: fc.constantFrom('I see.', undefined),
  reason: fc.constant('because'),
  decidedBy: fc.constant('rule'),
  rung: fc.constantFrom('conversation', 'hours', 'people'),
  facts: fc.record({
    reason: fc.constantFrom('the boiler', undefined),
    wants: fc.constantFrom('a call back', undefined),
    callbackNumber: fc.constantFrom('0301234567', undefined),
    isSuspicious: fc.boolean(),
  }),
})

/** Results refer to the latest question, to an older one, or to none. */
const back = fc.constantFrom(0, 0, 0, 1, 5)
const text = fc.constantFrom('', 'mhm', 'yes', 'no', 'hello there', 'oh three oh', 'my number is', '...', 'and um')
const timerNames: TimerName[] = [
  'answer',
  'playback',
  'words',
  'no_input',
  'speech',
  'transcript',
  'patience',
  'filler',
  'decision',
  'dial',
  'recording',
  'progress',
  'total',
  'hard',
]

const happening = fc.oneof(
  fc.record({ type: fc.constant('screened'), verdict: fc.option(verdict) }),
  fc.constant({ type: 'answered' }),
  fc.record({
    type: fc.constantFrom('playback_started', 'playback_finished', 'speak_failed'),
    back,
    isComplete: fc.boolean(),
    playedMs: fc.nat(5000),
    message: fc.constant('x'),
  }),
  fc.constantFrom({ type: 'speech_started' }, { type: 'speech_dismissed' }, { type: 'hung_up' }),
  fc.constant({ type: 'speech_so_far' }),
  fc.record({ type: fc.constant('overheard'), back: fc.constantFrom(-1, -1, 0, 1), text }),
  fc.record({ type: fc.constant('utterance'), speechMs: fc.nat(9000), isText: fc.boolean(), text }),
  fc.record({
    type: fc.constant('transcribed'),
    back,
    text,
    tookMs: fc.nat(900),
    number: fc.constantFrom('0301234567', undefined),
    language: fc.constantFrom('de', undefined),
  }),
  fc.record({ type: fc.constantFrom('transcription_failed', 'decision_failed'), back, message: fc.constant('x') }),
  fc.record({ type: fc.constant('decided'), back, verdict, tookMs: fc.nat(900) }),
  fc.record({ type: fc.constant('dtmf'), digit: fc.constantFrom('0', '1', '2', '5', '9', '#', '*', 'x') }),
  fc.record({ type: fc.constant('timer'), timer: fc.constantFrom(...timerNames) }),
  fc.record({
    type: fc.constant('dialled'),
    back,
    outcome: fc.constantFrom('answered', 'busy', 'no_answer', 'declined', 'failed', 'cancelled'),
  }),
  fc.record({ type: fc.constant('leg_said'), back }),
  fc.record({ type: fc.constant('leg_key'), back, digit: fc.constantFrom('1', '2', null) }),
  fc.record({
    type: fc.constant('parted'),
    back,
    endedBy: fc.constantFrom('caller', 'leg', 'lost'),
    talkedMs: fc.nat(),
  }),
  fc.record({
    type: fc.constant('recorded'),
    cause: fc.constantFrom('silence', 'key', 'limit', 'hang_up', 'stopped'),
    durationMs: fc.nat(9000),
    isEmpty: fc.boolean(),
  }),
  fc.record({ type: fc.constantFrom('recording_failed', 'deaf', 'failed'), message: fc.constant('x') }),
  fc.record({
    type: fc.constant('command'),
    command: fc.constantFrom('take', 'ask', 'voicemail', 'block', 'hang_up'),
    text: fc.constantFrom('Why?', undefined),
    destination: fc.constantFrom('100', '+19005550000', undefined),
    browser: fc.boolean(),
  }),
  fc.constant({ type: 'drain' }),
)
type Happening = { event: Record<string, unknown>; afterMs: number; luck: number; verdict: unknown; text: string }
const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({ event: happening, afterMs: fc.nat(4_000), luck: fc.nat(99), verdict, text }),
  { minLength: 15, maxLength: 80 },
)

/** Ends of calls are rare, and often what happens is what should: so that most runs go deep. */
const isEnding = (event: Record<string, unknown>) =>
  ['hung_up', 'failed', 'drain', 'command'].includes(String(event.type))

function likely(state: State, { luck, verdict, text }: Happening): Record<string, unknown> | null {
  const isOdd = luck % 2 === 1
  switch (state.phase) {
    case 'screening':
      return { type: 'screened', verdict: luck % 3 ? null : verdict }
    case 'answering':
      return { type: 'answered' }
    case 'speaking':
      return luck % 4 ? { type: 'playback_finished', isComplete: true, playedMs: 900 } : { type: 'speech_started' }
    case 'interrupted':
      if (state.transcribing !== null) return { type: 'transcribed', text, tookMs: 9 }
      return isOdd ? { type: 'utterance', speechMs: 700 } : { type: 'speech_dismissed' }
    case 'listening':
      return isOdd ? { type: 'speech_started' } : { type: 'dtmf', digit: '01259#'[luck % 6] }
    case 'hearing':
      if (state.transcribing !== null) return { type: 'transcribed', text, tookMs: 9 }
      return state.unsettled ? { type: 'timer', timer: 'patience' } : { type: 'utterance', speechMs: 700 }
    case 'thinking':
      if (state.saying?.startedAt === null && isOdd) return { type: 'playback_started' }
      if (luck % 3 === 0 && !state.saying) return { type: 'timer', timer: 'filler' }
      return { type: 'decided', verdict, tookMs: 9 }
    case 'dialling':
      return { type: 'dialled', outcome: luck % 3 ? 'answered' : 'busy' }
    case 'asking':
      return { type: 'leg_key', digit: isOdd ? '1' : null }
    case 'whispering':
      return { type: 'leg_said' }
    default:
      return null
  }
}

function toEvent(state: State, given: Record<string, unknown>, at: number): DialogEvent {
  const { back: older, isText, ...rest } = given
  const shift = Number(older ?? 0)
  return {
    ...rest,
    at,
    playback: state.playback - shift,
    turn: (state.deciding ?? state.transcribing ?? state.turn) - shift,
    attempt: state.attempts - shift,
    endedAt: at - 400,
    ...(given.type === 'utterance' && !isText ? { text: undefined } : {}),
  } as unknown as DialogEvent
}

/** `queued`: what the line has to play, in order. */
type Watch = { queued: { playback: number; isFiller: boolean }[]; ends: number; effects: Effect[] }

/** Runs and checks what must hold at every step. */
function run(list: Happening[], given = settings) {
  let at = 0
  let state = initialState(given)
  const timers = new Map<TimerName, number>()
  const watch: Watch = { queued: [], ends: 0, effects: [] }

  function take(event: DialogEvent): void {
    const wasEnded = state.phase === 'ended'
    const over =
      event.type === 'playback_finished' || event.type === 'speak_failed'
        ? event.playback
        : event.type === 'timer' && event.timer === 'playback'
          ? state.saying?.playback
          : undefined
    // the line plays in order: what came before is over too
    if (over !== undefined) watch.queued = watch.queued.filter(({ playback }) => playback > over)
    const done = step(state, event)
    state = done.state
    if (wasEnded) expect(done.effects).toEqual([])
    let isOver = false
    for (const effect of done.effects) {
      expect(isOver).toBe(false)
      watch.effects.push(effect)
      if (effect.type === 'start_timer') timers.set(effect.timer, at + effect.ms)
      if (effect.type === 'stop_timer') timers.delete(effect.timer)
      if (effect.type === 'stop_playback') watch.queued = []
      if (effect.type === 'speak') {
        // only a filler has something behind it
        expect(watch.queued.filter(({ isFiller }) => !isFiller)).toEqual([])
        watch.queued.push({ playback: effect.playback, isFiller: state.saying?.next === 'think' })
        expect(watch.queued.length).toBeLessThanOrEqual(2)
      }
      if (effect.type === 'end') {
        isOver = true
        watch.ends++
        timers.clear()
      }
    }
  }

  take({ type: 'arrived', at })
  for (const happened of list) {
    at += happened.afterMs
    const expected = happened.luck < 65 ? likely(state, happened) : null
    if (!expected && isEnding(happened.event) && happened.luck < 90) continue
    take(toEvent(state, expected ?? happened.event, at))
  }
  return {
    watch,
    get state() {
      return state
    },
    /** From here on the world is dead: only our own timers fire. */
    abandon(): number {
      const from = at
      for (let i = 0; i < 500 && state.phase !== 'ended'; i++) {
        const [timer, due] = [...timers].sort((a, b) => a[1] - b[1])[0] ?? []
        if (!timer || due === undefined) break
        timers.delete(timer)
        at = Math.max(at, due)
        take({ type: 'timer', timer, at })
      }
      return at - from
    },
  }
}

const runs = { numRuns: 300 }

describe('the conversation, whatever happens', () => {
  test('never says two things at once, and does nothing after its end', () => {
    fc.assert(
      fc.property(happenings, list => {
        const { watch } = run(list)
        expect(watch.ends).toBeLessThanOrEqual(1)
      }),
      runs,
    )
  })

  test('ends by itself when the world falls silent, except while people talk', () => {
    fc.assert(
      fc.property(happenings, fc.boolean(), fc.boolean(), (list, hasEars, canRecord) => {
        const call = run(list, { ...settings, hasEars, canRecord })
        const tookMs = call.abandon()
        if (call.state.phase === 'joined') return
        expect(call.state.phase).toBe('ended')
        expect(call.watch.ends).toBe(1)
        expect(tookMs).toBeLessThan(15 * 60_000)
      }),
      runs,
    )
  })

  test('rings only what is on the list of the line', () => {
    fc.assert(
      fc.property(happenings, list => {
        const { watch } = run(list)
        for (const effect of watch.effects) if (effect.type === 'dial') expect(effect.destination).toBe('100')
      }),
      runs,
    )
  })

  test('keeps no sound before the disclosure has been played', () => {
    fc.assert(
      fc.property(happenings, list => {
        const { watch, state } = run(list)
        const first = watch.effects.findIndex(({ type }) => type === 'record' || type === 'record_call')
        if (first < 0) return
        const told = watch.effects.slice(0, first).some(effect => effect.type === 'note' && effect.note.kind === 'said')
        expect(told && state.isDisclosed).toBe(true)
      }),
      runs,
    )
  })

  test('tells words that are still being spoken before the turn they belong to, never after', () => {
    fc.assert(
      fc.property(happenings, list => {
        const { watch } = run(list)
        let settled = 0
        for (const effect of watch.effects) {
          if (effect.type !== 'note') continue
          if (effect.note.kind === 'hearing') expect(effect.note.data.turn).toBeGreaterThan(settled)
          if (effect.note.kind === 'heard') settled = effect.note.data.turn
        }
      }),
      runs,
    )
  })

  test('is the same for the same events: a replay gives the same state', () => {
    fc.assert(
      fc.property(happenings, list => {
        expect(run(list).state).toEqual(run(list).state)
      }),
      { numRuns: 200 },
    )
  })

  test('every leg that was rung is joined or dropped in the end', () => {
    fc.assert(
      fc.property(happenings, list => {
        const call = run(list)
        call.abandon()
        if (call.state.phase !== 'ended') return
        const open = new Set<number>()
        for (const effect of call.watch.effects) {
          if (effect.type === 'dial' || effect.type === 'meet') open.add(effect.attempt)
          if (effect.type === 'drop_leg' || effect.type === 'join') open.delete(effect.attempt)
        }
        expect([...open]).toEqual([])
      }),
      runs,
    )
  })
})
