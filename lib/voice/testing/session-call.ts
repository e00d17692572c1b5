import { expect } from 'vitest'
import type { Settings, Verdict } from '../dialog/state.ts'
import { createSession, type Outcome, type SessionPorts } from '../session.ts'
import { createFakeLine, type FakePerson } from './fake-line.ts'
import { createFakeScreening, createFakeStory, createFakeStt, createFakeVoice } from './fakes.ts'
import { createVirtualClock } from './virtual-clock.ts'

/** A decision; what a test does not say is a question. */
export const verdict = (given: Partial<Verdict>): Verdict => ({
  action: 'ask_question',
  reason: 'because',
  decidedBy: 'rule',
  rung: 'conversation',
  facts: {},
  ...given,
})
export const forward = verdict({ action: 'forward', destination: '100', say: 'I put you through.' })
export const voicemail = verdict({ action: 'voicemail' })

export type Given = {
  settings?: Partial<Settings>
  before?: Verdict | null
  answers?: (Verdict | Error | 'hang')[]
  people?: Record<string, FakePerson>
  hasRoom?: boolean
  screensInMs?: number
  sttMs?: number
  line?: Parameters<typeof createFakeLine>[2]
  numbers?: Record<string, string>
  /** Who comes with a browser's microphone when the owner takes the call with it. */
  guest?: SessionPorts['guest']
}

/** A call that has come in; the caller and the clock are the test's. */
export function call(given: Given = {}) {
  const clock = createVirtualClock()
  const line = createFakeLine(clock, given.people, given.line)
  const stt = createFakeStt(clock, { tookMs: given.sttMs ?? 300 })
  const voice = createFakeVoice(clock)
  const story = createFakeStory({ hasRoom: given.hasRoom ?? true })
  const screening = createFakeScreening(clock, given.answers ?? [voicemail], given.screensInMs)
  const session = createSession(
    {
      line,
      clock,
      stt,
      voice,
      story,
      screen: async () => given.before ?? null,
      decide: screening.decide,
      guest: given.guest ?? (async () => null),
      findNumber: text => given.numbers?.[text] ?? text.match(/\d{5,}/)?.[0],
    },
    {
      language: 'en',
      otherLanguage: 'de',
      greeting: 'Hello, this is the line of the Millers.',
      disclosure: 'I am an assistant.',
      isRecording: false,
      callerNumber: '+4930111222',
      destinations: [
        { target: '100', label: 'Home' },
        { target: '101', label: 'Office' },
      ],
      hasEars: true,
      canRecord: true,
      canDial: true,
      canMeet: true,
      ...given.settings,
    },
  )
  let outcome: Outcome | null = null
  void session.run().then(result => {
    outcome = result
  })
  const heard = () => line.heard.join(' | ')
  /** Until the assistant waits for the caller. */
  const untilListening = async () => {
    for (let i = 0; i < 200 && session.state.phase !== 'listening' && session.state.phase !== 'ended'; i++)
      await clock.advance(100)
  }
  const untilPhase = async (phase: string) => {
    for (let i = 0; i < 600 && session.state.phase !== phase; i++) await clock.advance(100)
    expect(session.state.phase).toBe(phase)
  }
  return {
    clock,
    line,
    stt,
    voice,
    story,
    screening,
    session,
    heard,
    untilListening,
    untilPhase,
    get outcome() {
      return outcome
    },
    kinds: () => story.notes.map(({ kind }) => kind),
    find: <K extends string>(kind: K) => story.notes.filter(written => written.kind === kind),
  }
}
