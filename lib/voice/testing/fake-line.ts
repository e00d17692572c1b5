import type { Clock, DialOutcome, Guest, Leg, Line, LineEvent, Pcm } from '../ports.ts'

export type FakePerson = {
  /** What happens when they are rung. */
  outcome: DialOutcome
  answersAfterMs?: number
  /** The key they press when they are asked, and when. */
  key?: string | null
  keyAfterMs?: number
  /** How long they talk once joined; without it until the caller hangs up. */
  talksMs?: number
  /** They hang up before they can be joined. */
  failsToJoin?: boolean
}

export type FakeLine = Line & {
  /** What the caller heard, sentence by sentence; what was cut short ends with "—". */
  readonly heard: string[]
  readonly log: string[]
  readonly isUp: boolean
  /** What a leg was told. */
  readonly whispered: string[]
  readonly isSpeaking: boolean
  readonly openLegs: number
  says(text: string, options?: { speechMs?: number }): Promise<void>
  startsSpeaking(): void
  /** Still speaking: what was said so far, as a line tells it from time to time. */
  saysSoFar(text: string): void
  stopsSpeaking(text: string, speechMs?: number): void
  coughs(): void
  presses(digit: string): void
  hangsUp(): void
  emit(event: WithoutTime<LineEvent>): void
}

type WithoutTime<E> = E extends LineEvent ? Omit<E, 'atMs'> : never
type Playing = { playback: number; text: string; leftMs: number; startedAt: number; playedMs: number }

const spokenMs = (text: string) => text.length * 60

/**
 * A line without sound: sentences take as long as they have letters, and the test is the caller. Utterances carry their
 * words in `spoken`, which the fake recogniser reads from the samples.
 */
export function createFakeLine(
  clock: Clock,
  people: Record<string, FakePerson> = {},
  options: { answerFails?: boolean; kind?: Line['kind']; recordingFails?: boolean } = {},
): FakeLine {
  const listeners: ((event: LineEvent) => void)[] = []
  const heard: string[] = []
  const log: string[] = []
  const whispered: string[] = []
  const queue: Playing[] = []
  let isUp = true
  let isPaused = false
  let stopTimer: (() => void) | null = null
  let openLegs = 0
  let recording: { path: string; startedAt: number; stop: () => void; silenceMs: number } | null = null
  const onEnd: (() => void)[] = []

  const emit = (event: WithoutTime<LineEvent>) => {
    const timed = { ...event, atMs: clock.now() } as LineEvent
    for (const listener of listeners) listener(timed)
  }

  function playNext(): void {
    const first = queue[0]
    if (!first || isPaused || stopTimer) return
    if (first.playedMs === 0) emit({ type: 'playback_started', playback: first.playback })
    first.startedAt = clock.now()
    stopTimer = clock.after(first.leftMs, () => {
      stopTimer = null
      queue.shift()
      heard.push(first.text)
      emit({ type: 'playback_finished', playback: first.playback, playedMs: spokenMs(first.text), isComplete: true })
      playNext()
    })
  }

  function halt(): void {
    stopTimer?.()
    stopTimer = null
    const first = queue[0]
    if (!first) return
    const played = clock.now() - first.startedAt
    first.playedMs += played
    first.leftMs -= played
  }

  function end(cause: string): void {
    if (!isUp) return
    isUp = false
    stopTimer?.()
    finishRecording('hang_up')
    for (const one of onEnd.splice(0)) one()
    emit({ type: 'hung_up', cause })
  }

  function finishRecording(cause: 'silence' | 'key' | 'limit' | 'hang_up' | 'stopped'): void {
    const done = recording
    if (!done) return
    recording = null
    done.stop()
    const durationMs = clock.now() - done.startedAt
    emit({ type: 'recording_finished', cause, durationMs, path: done.path, bytes: durationMs * 32 })
  }

  function createLeg(target: string, person: FakePerson): Leg {
    openLegs++
    let isOpen = true
    let partLeg: (() => void) | null = null
    const closeLeg = () => {
      if (!isOpen) return
      isOpen = false
      openLegs--
    }
    onEnd.push(closeLeg)
    return {
      async say(audio, signal) {
        const text = await wordsOf(audio)
        if (!signal.aborted) whispered.push(text)
      },
      key: (timeoutMs, signal) =>
        new Promise(resolve => {
          const waitMs = person.key == null ? timeoutMs : (person.keyAfterMs ?? 500)
          const cancel = clock.after(waitMs, () => resolve(person.key ?? null))
          signal.addEventListener('abort', () => {
            cancel()
            resolve(null)
          })
        }),
      join() {
        if (person.failsToJoin) {
          closeLeg()
          return Promise.reject(new Error('gone'))
        }
        log.push(`join ${target}`)
        const from = clock.now()
        return new Promise(resolve => {
          partLeg = () => resolve({ endedBy: 'caller', talkedMs: clock.now() - from })
          onEnd.push(() => partLeg?.())
          if (person.talksMs !== undefined)
            clock.after(person.talksMs, () => {
              closeLeg()
              resolve({ endedBy: 'leg', talkedMs: clock.now() - from })
            })
        })
      },
      async hangUp() {
        closeLeg()
        log.push(`drop ${target}`)
      },
    }
  }

  function joinGuest(guest: Guest): ReturnType<Leg['join']> {
    log.push('join guest')
    const from = clock.now()
    return new Promise(resolve => {
      onEnd.push(() => resolve({ endedBy: 'caller', talkedMs: clock.now() - from }))
      guest.onGone(how => resolve({ endedBy: how === 'lost' ? 'lost' : 'leg', talkedMs: clock.now() - from }))
    })
  }

  const line: FakeLine = {
    kind: options.kind ?? 'phone',
    heard,
    log,
    whispered,
    emit,
    ringLike() {},
    get isUp() {
      return isUp
    },
    get isSpeaking() {
      return queue.length > 0 && !isPaused
    },
    get openLegs() {
      return openLegs
    },
    on: listener => void listeners.push(listener),
    async answer() {
      if (options.answerFails) throw new Error('The channel is gone.')
      log.push('answer')
    },
    play(playback, _audio, text) {
      if (!isUp) return
      queue.push({ playback, text, leftMs: spokenMs(text), startedAt: clock.now(), playedMs: 0 })
      playNext()
    },
    pause() {
      if (isPaused) return
      halt()
      isPaused = true
    },
    resume() {
      isPaused = false
      playNext()
    },
    clear() {
      if (!isPaused) halt()
      isPaused = false
      for (const dropped of queue.splice(0)) {
        heard.push(`${dropped.text.slice(0, Math.floor(dropped.playedMs / 60))}—`)
        emit({
          type: 'playback_finished',
          playback: dropped.playback,
          playedMs: dropped.playedMs,
          isComplete: false,
        })
      }
    },
    listen() {},
    dial(destination, { timeoutMs, signal }) {
      log.push(`dial ${destination}`)
      const person = people[destination] ?? { outcome: 'no_answer' as const }
      return new Promise(resolve => {
        const waitMs = person.outcome === 'no_answer' ? timeoutMs : (person.answersAfterMs ?? 2_000)
        const cancel = clock.after(waitMs, () => {
          const { outcome } = person
          resolve(outcome === 'answered' ? { outcome, leg: createLeg(destination, person) } : { outcome })
        })
        signal.addEventListener('abort', () => {
          cancel()
          resolve({ outcome: 'cancelled' })
        })
      })
    },
    async admit(arriving, { signal }) {
      log.push('admit')
      const guest = await arriving
      if (guest && signal.aborted) await guest.hangUp('The caller is gone.')
      if (!guest || signal.aborted) return { outcome: guest ? 'cancelled' : 'no_answer' }
      return { outcome: 'answered', leg: { join: () => joinGuest(guest), hangUp: () => guest.hangUp('over') } }
    },
    record({ path, maxMs, silenceMs }) {
      log.push('record')
      if (options.recordingFails) {
        clock.after(10, () => emit({ type: 'trouble', part: 'recording', message: 'The disk is full.' }))
        return
      }
      const cancelSilence = clock.after(silenceMs + 2_000, () => finishRecording('silence'))
      const cancelMax = clock.after(maxMs, () => finishRecording('limit'))
      const stop = () => {
        cancelSilence()
        cancelMax()
      }
      recording = { path, startedAt: clock.now(), stop, silenceMs }
    },
    stopRecording: () => finishRecording('key'),
    recordCall: path => void log.push(`record call ${path}`),
    async hangUp(cause) {
      log.push(`hang up ${cause}`)
      end('local')
    },
    async release() {
      log.push('release')
      end('released')
    },
    async says(text, { speechMs = text.length * 60 } = {}) {
      line.startsSpeaking()
      line.stopsSpeaking(text, speechMs)
    },
    startsSpeaking() {
      if (isUp) emit({ type: 'speech_started' })
    },
    saysSoFar(text) {
      if (isUp) emit({ type: 'speech_so_far', audio: encodeWords(text) })
    },
    stopsSpeaking(text, speechMs = text.length * 60) {
      if (!isUp) return
      emit({ type: 'utterance', audio: encodeWords(text), speechMs, endedAtMs: clock.now() - 400 })
      if (recording) {
        recording.stop()
        const { silenceMs } = recording
        recording.stop = clock.after(silenceMs, () => finishRecording('silence'))
      }
    },
    coughs() {
      emit({ type: 'speech_started' })
      emit({ type: 'speech_dismissed' })
    },
    presses: digit => isUp && emit({ type: 'dtmf', digit }),
    hangsUp: () => end('remote'),
  }
  return line
}

/** Words as samples, so that a fake recogniser can "hear" them. */
export function encodeWords(text: string): Pcm {
  return Int16Array.from([...text].map(letter => letter.codePointAt(0)! & 0x7fff))
}

export function decodeWords(audio: Pcm): string {
  return String.fromCodePoint(...audio)
}

async function wordsOf(audio: AsyncIterable<Pcm> | Pcm): Promise<string> {
  if (audio instanceof Int16Array) return decodeWords(audio)
  let text = ''
  for await (const piece of audio) text += decodeWords(piece)
  return text
}
