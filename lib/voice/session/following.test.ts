import { describe, expect, test } from 'vitest'
import { call, type Given, verdict } from '../testing/session-call.ts'

describe('words while they are still being spoken', () => {
  async function listening(given: Given = {}) {
    const it = call({ answers: [verdict({ question: 'Is it urgent?' })], ...given })
    await it.untilListening()
    return it
  }
  const texts = (it: ReturnType<typeof call>, kind: 'hearing' | 'heard') =>
    it.story.notes.flatMap(note => (note.kind === kind && 'text' in note.data ? [note.data.text] : []))

  test('are told as they come, before the whole turn', async () => {
    const it = await listening()
    it.line.startsSpeaking()
    for (const words of ['Hello', 'Hello this is', 'Hello this is Anna']) {
      await it.clock.advance(1_000)
      it.line.saysSoFar(words)
    }
    await it.clock.advance(500)
    it.line.stopsSpeaking('Hello this is Anna Weber.', 3_600)
    await it.clock.advance(3_000)
    expect(texts(it, 'hearing')).toEqual(['Hello', 'Hello this is', 'Hello this is Anna'])
    expect(texts(it, 'heard')).toEqual(['Hello this is Anna Weber.'])
    const kinds = it.kinds()
    expect(kinds.lastIndexOf('hearing')).toBeLessThan(kinds.indexOf('heard'))
  })

  test('have the turn’s earlier parts before them', async () => {
    const it = await listening()
    await it.line.says('I am calling about')
    await it.clock.advance(700)
    it.line.startsSpeaking()
    await it.clock.advance(1_000)
    it.line.saysSoFar(' the broken')
    await it.clock.advance(500)
    expect(texts(it, 'hearing')).toEqual(['I am calling about the broken'])
  })

  test('stay in the story when the caller leaves in the middle of them', async () => {
    const it = await listening()
    it.line.startsSpeaking()
    await it.clock.advance(1_000)
    it.line.saysSoFar('The boiler is leaking')
    await it.clock.advance(500)
    it.line.hangsUp()
    await it.clock.advance(500)
    expect(texts(it, 'heard')).toEqual(['The boiler is leaking'])
  })

  test('that come after the turn is over are not told', async () => {
    const it = await listening({ sttMs: 900 })
    it.line.startsSpeaking()
    await it.clock.advance(1_000)
    it.line.saysSoFar('Hello')
    await it.clock.advance(300)
    it.line.stopsSpeaking('Hello there.', 1_200)
    await it.clock.advance(6_000)
    expect(texts(it, 'hearing')).toEqual([])
    expect(texts(it, 'heard')).toEqual(['Hello there.'])
  })

  test('are asked for no more than half of the time, one question at a time', async () => {
    const it = await listening({ sttMs: 1_500 })
    it.line.startsSpeaking()
    for (let second = 1; second <= 12; second++) {
      await it.clock.advance(1_000)
      it.line.saysSoFar(`words ${second}`)
    }
    expect(it.stt.count).toBeLessThanOrEqual(5)
    expect(texts(it, 'hearing').length).toBeGreaterThanOrEqual(3)
  })

  test('may be refused by busy ears without anything else being lost', async () => {
    const it = await listening()
    it.line.startsSpeaking()
    it.stt.fail(new Error('busy'))
    for (let second = 1; second <= 5; second++) {
      await it.clock.advance(1_000)
      it.line.saysSoFar('Hello')
    }
    it.stt.fail(null)
    it.line.stopsSpeaking('Hello there.', 5_000)
    await it.clock.advance(3_000)
    expect(texts(it, 'heard')).toEqual(['Hello there.'])
    expect(it.kinds()).not.toContain('failed')
  })

  test('are not asked for while a message is being recorded or people talk', async () => {
    const it = await listening()
    it.line.presses('1')
    await it.untilPhase('recording')
    const { count } = it.stt
    it.line.startsSpeaking()
    it.line.saysSoFar('This is my message')
    await it.clock.advance(1_000)
    expect(it.stt.count).toBe(count)
  })
})
