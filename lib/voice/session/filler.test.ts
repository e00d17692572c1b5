import { expect, test } from 'vitest'
import type { LineEvent } from '../ports.ts'
import { call, type Given, verdict } from '../testing/session-call.ts'

/** "One moment." while the caller waits, and how it makes room for what they wait for. */

const urgent = verdict({ question: 'Is it urgent?' })
/** From the caller's last word to the first filler; the fake line tells of words 400 ms after they ended. */
const firstFillerMs = 240 + 1_200 - 400

async function asked(given: Given) {
  const it = call({ answers: [urgent], ...given })
  await it.untilListening()
  const sounds: LineEvent[] = []
  it.line.on(event => sounds.push(event))
  await it.line.says('Hello there')
  /** What the caller heard after their words. */
  const heard = () => it.line.heard.slice(2)
  return { ...it, heard, sounds }
}

test('an answer that is ready while a filler plays follows right behind it, and no word is cut', async () => {
  const it = await asked({ screensInMs: firstFillerMs })
  await it.clock.advance(5_000)
  expect(it.heard()).toEqual(['One moment.', 'Is it urgent?'])
  const fillerEnded = it.sounds.find(({ type }) => type === 'playback_finished')
  const answerBegan = it.sounds.filter(({ type }) => type === 'playback_started')[1]
  expect(answerBegan?.atMs).toBe(fillerEnded?.atMs)
})

test('the caller who speaks while the answer waits behind a filler silences both', async () => {
  const it = await asked({ screensInMs: firstFillerMs })
  await it.clock.advance(firstFillerMs + 500)
  expect(it.session.state.saying?.text).toBe('Is it urgent?')
  await it.line.says('And it is about the boiler')
  await it.clock.advance(400)
  expect(it.line.isSpeaking).toBe(false)
  expect(it.find('said').at(-1)?.data).toMatchObject({ text: 'Is it urgent?', heardMs: 0, cut: 'Is it urgent?' })
})

test('a filler that nobody has heard any of is dropped for the answer', async () => {
  // the fake voice needs 80 ms for its first sound
  const it = await asked({ screensInMs: firstFillerMs - 260 })
  await it.clock.advance(5_000)
  expect(it.find('said').slice(-1)[0]?.data).toMatchObject({ text: 'Is it urgent?' })
  expect(it.heard()).toEqual(['Is it urgent?'])
})

test('words that are recognised when a filler is due are not put off while the decision comes at once', async () => {
  const it = await asked({ sttMs: firstFillerMs - 10, screensInMs: 100 })
  await it.clock.advance(5_000)
  expect(it.heard()).toEqual(['Is it urgent?'])
})

test('between one filler and the next the same holds', async () => {
  const it = await asked({ sttMs: firstFillerMs + 11 * 60 + 1_190, screensInMs: 100 })
  await it.clock.advance(7_000)
  expect(it.heard()).toEqual(['One moment.', 'Is it urgent?'])
})
