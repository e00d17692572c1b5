import {
  type DialogEvent,
  type Effect,
  initialState,
  type Settings,
  type State,
  type TimerName,
} from './dialog/state.ts'
import { step } from './dialog.ts'
import type { LineEvent } from './ports.ts'
import { createEars, followEveryMs } from './session/ears.ts'
import { createLegs } from './session/legs.ts'
import { createMouth } from './session/mouth.ts'
import type { Outcome, SessionPorts } from './session/ports.ts'

export type { Outcome, RecordedFile, SessionPorts, Story, Voice } from './session/ports.ts'

export type Session = {
  /** Begins; resolves when the call is over. Never rejects. */
  run(): Promise<Outcome>
  /** An order of the owner, or `drain`. */
  send(event: Without<Extract<DialogEvent, { type: 'command' | 'drain' | 'deaf' }>>): void
  readonly state: State
}

type Without<E> = E extends DialogEvent ? Omit<E, 'at'> : never

/** One conversation on one line: carries out what `step` says and tells it what happened. */
export function createSession(ports: SessionPorts, settings: Settings): Session {
  const { line, clock, story } = ports
  const startedAt = clock.now()
  const { promise: over, resolve: setOver } = Promise.withResolvers<Outcome>()
  const timers = new Map<TimerName, () => void>()
  const queue: DialogEvent[] = []
  let state = initialState(settings)
  let isDraining = false
  let thinking: AbortController | null = null
  let hasVad = true

  const ears = createEars(ports.stt, clock)
  const mouth = createMouth(
    line,
    ports.voice,
    (ms, run) => clock.after(ms, run),
    (playback, message) => feed({ type: 'speak_failed', playback, message }),
  )
  const legs = createLegs(line, mouth, callerName, ports.guest, event => feed(event))

  function callerName(): string {
    return state.verdict?.facts.callerName ?? state.verdict?.person?.name ?? settings.callerNumber ?? ''
  }

  function feed(event: Without<DialogEvent>, at = clock.now()): void {
    queue.push({ ...event, at } as DialogEvent)
    if (isDraining) return
    isDraining = true
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const done = step(state, next)
        state = done.state
        for (const effect of done.effects) perform(effect)
      }
    } catch (error) {
      giveUp(error)
    } finally {
      isDraining = false
    }
  }

  /** A fault of ours costs this one caller the assistant, not the call: the dialplan takes over. */
  function giveUp(error: unknown): void {
    queue.length = 0
    if (state.phase === 'ended') return
    const { action } = state
    state = { ...state, phase: 'ended' }
    story.add({ kind: 'failed', data: { part: 'conversation', message: messageOf(error) } }, elapsed())
    void line.release().catch(() => {})
    performers.end({ type: 'end', by: 'fault', action })
  }

  function perform(effect: Effect): void {
    const run = performers[effect.type] as (effect: Effect) => void
    run(effect)
  }

  const performers: { [T in Effect['type']]: (effect: Extract<Effect, { type: T }>) => void } = {
    screen: () => void screen(),
    answer: () =>
      void line.answer().then(
        () => feed({ type: 'answered' }),
        error => feed({ type: 'failed', message: messageOf(error) }),
      ),
    speak: effect => mouth.speak(effect),
    pause: () => line.pause(),
    resume: () => line.resume(),
    stop_playback: () => mouth.stop(),
    listen: ({ type: _, ...how }) => line.listen({ ...how, ...(ports.stt && { reportEveryMs: followEveryMs }) }),
    transcribe: effect => void transcribe(effect),
    overhear: effect => void overhear(effect),
    forget_audio: () => ears.forget(),
    decide: effect => void decide(effect),
    cancel_reply() {
      ears.stop()
      thinking?.abort()
    },
    start_timer({ timer, ms }) {
      timers.get(timer)?.()
      timers.set(
        timer,
        clock.after(ms, () => {
          timers.delete(timer)
          feed({ type: 'timer', timer })
        }),
      )
    },
    stop_timer({ timer }) {
      timers.get(timer)?.()
      timers.delete(timer)
    },
    dial: legs.dial,
    meet: legs.meet,
    leg_ask: legs.ask,
    leg_say: legs.inform,
    join: ({ attempt }) => legs.join(attempt),
    drop_leg: ({ attempt }) => legs.drop(attempt),
    record_call() {
      const path = story.newRecording('call')
      if (path) line.recordCall(path)
      else story.add({ kind: 'failed', data: { part: 'recording', message: 'There is no room to record.' } }, elapsed())
    },
    record({ maxMs, silenceMs }) {
      const path = story.newRecording('voicemail')
      if (path) line.record({ path, maxMs, silenceMs, beep: true })
      else feed({ type: 'recording_failed', message: 'There is no room to record.' })
    },
    stop_recording: () => line.stopRecording(),
    keep_number: ({ number }) => story.keepNumber(number),
    hang_up: ({ cause }) => void line.hangUp(cause).catch(() => {}),
    release: () => void line.release().catch(() => {}),
    note: ({ note }) => story.add(note, elapsed()),
    end({ by, action }) {
      for (const cancel of timers.values()) cancel()
      timers.clear()
      ears.stop()
      thinking?.abort()
      legs.dropAll()
      setOver({ by, action, verdict: state.verdict, turns: state.turns })
    },
  }

  const elapsed = () => clock.now() - startedAt

  async function screen(): Promise<void> {
    thinking = new AbortController()
    const verdict = await ports.screen(thinking.signal).catch(() => null)
    feed({ type: 'screened', verdict })
  }

  async function transcribe({ turn, language }: Extract<Effect, { type: 'transcribe' }>): Promise<void> {
    const begunAt = clock.now()
    try {
      const heard = await ears.transcribe(language)
      const number = ports.findNumber(heard.text, heard.language ?? language)
      feed({
        type: 'transcribed',
        turn,
        text: heard.text,
        tookMs: Math.round(clock.now() - begunAt),
        ...(heard.language && { language: heard.language }),
        ...(number && { number }),
      })
    } catch (error) {
      feed({ type: 'transcription_failed', turn, message: messageOf(error) })
    }
  }

  async function overhear({ turn, language }: Extract<Effect, { type: 'overhear' }>): Promise<void> {
    const text = await ears.overhear(language)
    if (text) feed({ type: 'overheard', turn, text })
  }

  async function decide({ turn, turns }: Extract<Effect, { type: 'decide' }>): Promise<void> {
    const begunAt = clock.now()
    thinking?.abort()
    const mine = new AbortController()
    thinking = mine
    try {
      const verdict = await ports.decide(turns, mine.signal)
      feed({ type: 'decided', turn, verdict, tookMs: Math.round(clock.now() - begunAt) })
    } catch (error) {
      feed({ type: 'decision_failed', turn, message: messageOf(error) })
    }
  }

  function fromLine(event: LineEvent): void {
    if (event.type === 'utterance') {
      const { audio, speechMs, endedAtMs, text } = event
      if (text === undefined && state.phase !== 'ended') ears.keep(audio)
      feed({ type: 'utterance', speechMs, endedAt: endedAtMs, ...(text !== undefined && { text }) })
    } else if (event.type === 'speech_so_far') {
      ears.keepSoFar(event.audio)
      feed({ type: 'speech_so_far' })
    } else if (event.type === 'recording_finished') {
      void keepMessage(event)
    } else if (event.type === 'call_recorded') {
      const { path, durationMs, bytes } = event
      void story.recorded({ kind: 'call', path, durationMs, bytes, isEmpty: durationMs === 0 }).catch(() => {})
    } else if (event.type === 'trouble') {
      const { message } = event
      if (event.part === 'vad') hasVad = false
      feed(event.part === 'vad' ? { type: 'deaf', message } : { type: 'recording_failed', message })
    } else if (event.type === 'hung_up') {
      feed({ type: 'hung_up' })
    } else {
      const { atMs, ...rest } = event
      feed(rest, atMs)
    }
  }

  async function keepMessage(event: Extract<LineEvent, { type: 'recording_finished' }>): Promise<void> {
    const { cause, durationMs, path, bytes } = event
    // a line without voice activity cannot tell: what was recorded is kept
    const isEmpty = durationMs < 300 || (hasVad && !state.hasSpoken && cause !== 'limit')
    const recording = await story
      .recorded({ kind: 'voicemail', path, durationMs, bytes, isEmpty })
      .catch(() => undefined)
    feed({ type: 'recorded', cause, durationMs, isEmpty, ...(recording !== undefined && { recording }) })
  }

  return {
    run() {
      line.on(fromLine)
      feed({ type: 'arrived' })
      return over
    },
    send: event => feed(event),
    get state() {
      return state
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
