import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Verdict } from './dialog/state.ts'
import { createSession } from './session.ts'
import { createFakeLine } from './testing/fake-line.ts'
import { createFakeScreening, createFakeStory, createFakeStt, createFakeVoice } from './testing/fakes.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const stepMs = 50

/** A call with engines this slow; how long the longest silence was while it was our turn. */
async function longestSilence(sttMs: number, decisionMs: number, answers: number): Promise<number> {
  const clock = createVirtualClock()
  const line = createFakeLine(clock)
  const verdicts = Array.from({ length: answers }, (_, i): Verdict => {
    const base = { reason: 'because', decidedBy: 'rule', rung: 'conversation', facts: {} }
    return { ...base, action: 'ask_question', question: `Question ${i}?` }
  })
  const session = createSession(
    {
      line,
      clock,
      stt: createFakeStt(clock, { tookMs: sttMs }),
      voice: createFakeVoice(clock),
      story: createFakeStory(),
      screen: async () => null,
      decide: createFakeScreening(clock, verdicts, decisionMs).decide,
      findNumber: () => undefined,
      guest: async () => null,
    },
    {
      language: 'en',
      otherLanguage: null,
      greeting: 'Hello.',
      disclosure: 'I am an assistant.',
      isRecording: false,
      callerNumber: null,
      destinations: [],
      hasEars: true,
      canRecord: true,
      canDial: true,
      canMeet: true,
    },
  )
  void session.run()
  let silentMs = 0
  let longest = 0
  for (let passed = 0; passed < 60_000 && session.state.phase !== 'ended'; passed += stepMs) {
    await clock.advance(stepMs)
    const isTheirs = ['listening', 'recording', 'ended'].includes(session.state.phase)
    silentMs = line.isSpeaking || isTheirs ? 0 : silentMs + stepMs
    longest = Math.max(longest, silentMs)
    if (session.state.phase === 'listening' && passed % 2_000 === 0) await line.says('Hello there my friend')
  }
  return longest
}

test('however slow ears and decisions are, the caller never hears nothing for two seconds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 50, max: 11_000 }),
      fc.integer({ min: 20, max: 9_000 }),
      fc.integer({ min: 1, max: 4 }),
      async (sttMs, decisionMs, answers) => {
        expect(await longestSilence(sttMs, decisionMs, answers)).toBeLessThan(2_000)
      },
    ),
    { numRuns: 15 },
  )
}, 60_000)
