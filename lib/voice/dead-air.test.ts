import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Verdict } from './dialog/state.ts'
import { createSession } from './session.ts'
import { createFakeLine } from './testing/fake-line.ts'
import { createFakeScreening, createFakeStory, createFakeStt, createFakeVoice } from './testing/fakes.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const stepMs = 50
const theirTurn = ['listening', 'recording', 'ended']

/** A call that has begun, with engines this slow. */
function call(sttMs: number, decisionMs: number, answers: number) {
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
  return { clock, line, session }
}

/** Somebody says two words when our sentence has this much left; how long nothing is heard afterwards at most. */
async function silenceAfterInterruption(sttMs: number, beforeEndMs: number): Promise<number> {
  const { clock, line, session } = call(sttMs, 500, 1)
  await clock.advance(1_000)
  while (session.state.phase !== 'listening') await clock.advance(stepMs)
  await line.says('Hello there my friend')
  while (!session.state.saying?.text.startsWith('Question')) await clock.advance(stepMs)
  await clock.advance(Math.max(0, session.state.saying.text.length * 60 - beforeEndMs))
  await line.says('Yes please', { speechMs: 300 })
  const phase = () => session.state.phase
  let silentMs = 0
  let longest = 0
  for (let passed = 0; passed < 12_000 && phase() !== 'ended'; passed += stepMs) {
    await clock.advance(stepMs)
    silentMs = line.isSpeaking || theirTurn.includes(phase()) ? 0 : silentMs + stepMs
    longest = Math.max(longest, silentMs)
  }
  return longest
}

/** With engines this slow; how long the longest silence was while it was our turn. */
async function longestSilence(sttMs: number, decisionMs: number, answers: number): Promise<number> {
  const { clock, line, session } = call(sttMs, decisionMs, answers)
  let silentMs = 0
  let longest = 0
  for (let passed = 0; passed < 60_000 && session.state.phase !== 'ended'; passed += stepMs) {
    await clock.advance(stepMs)
    silentMs = line.isSpeaking || theirTurn.includes(session.state.phase) ? 0 : silentMs + stepMs
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

test.each([1_000, 3_000, 6_000, 9_500])(
  'words over our voice that take %i ms to be recognised leave no silence behind the sentence',
  async sttMs => {
    for (let beforeEndMs = 200; beforeEndMs <= 2_000; beforeEndMs += 300) {
      expect(await silenceAfterInterruption(sttMs, beforeEndMs)).toBeLessThan(2_000)
    }
  },
)
