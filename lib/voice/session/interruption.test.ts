import { describe, expect, test } from 'vitest'
import { call, verdict, voicemail } from '../testing/session-call.ts'

describe('interruption', () => {
  const asking = {
    answers: [verdict({ question: 'Could you please tell me a little more about what you need?' }), voicemail],
  }

  async function whileAsking() {
    const it = call(asking)
    await it.untilListening()
    await it.line.says('Hello')
    await it.untilPhase('speaking')
    await it.clock.advance(1_000)
    expect(it.line.isSpeaking).toBe(true)
    return it
  }

  test('speech stops our voice at once and the words are taken', async () => {
    const it = await whileAsking()
    it.line.startsSpeaking()
    expect(it.line.isSpeaking).toBe(false)
    await it.clock.advance(600)
    it.line.stopsSpeaking('It is about the boiler')
    await it.clock.advance(1_500)
    expect(it.screening.asked[1]?.at(-1)?.text).toBe('It is about the boiler')
    const cut = it.find('said').find(({ data }) => 'cut' in data)
    expect(cut?.data).toMatchObject({ cut: expect.stringMatching(/what you need\?$/), heardMs: expect.any(Number) })
  })

  test.each(['', 'mhm', 'uh-huh', '...'])('"%s" is no interruption: it goes on where it stopped', async text => {
    const it = await whileAsking()
    it.line.startsSpeaking()
    await it.clock.advance(300)
    it.line.stopsSpeaking(text)
    await it.clock.advance(400)
    expect(it.line.isSpeaking).toBe(true)
    await it.untilListening()
    expect(it.line.heard.at(-1)).toBe('Could you please tell me a little more about what you need?')
  })

  test('our own voice coming back is no interruption', async () => {
    const it = await whileAsking()
    it.line.startsSpeaking()
    await it.clock.advance(400)
    it.line.stopsSpeaking('please tell me a little more')
    await it.untilListening()
    expect(it.line.heard.at(-1)).toMatch(/what you need\?$/)
    expect(it.screening.asked).toHaveLength(1)
  })

  test('ten coughs in a row are no interruption', async () => {
    const it = await whileAsking()
    for (let i = 0; i < 10; i++) {
      it.line.coughs()
      await it.clock.advance(50)
      expect(it.line.isSpeaking).toBe(true)
    }
    await it.untilListening()
    expect(it.line.heard.at(-1)).toMatch(/what you need\?$/)
  })

  test('resumes after 1.5 s when the recogniser is slow, and still takes words that come late', async () => {
    const it = await whileAsking()
    it.stt.hang()
    it.line.startsSpeaking()
    await it.clock.advance(300)
    it.line.stopsSpeaking('something')
    await it.clock.advance(1_500)
    expect(it.line.isSpeaking).toBe(true)
  })

  test('a line that gave way too early goes on with the disclosure', async () => {
    const it = call()
    await it.clock.advance(1_000)
    it.line.pause()
    it.line.startsSpeaking()
    expect(it.line.isSpeaking).toBe(true)
  })

  test('nobody interrupts the disclosure', async () => {
    const it = call()
    await it.clock.advance(1_000)
    it.line.startsSpeaking()
    expect(it.line.isSpeaking).toBe(true)
    it.line.stopsSpeaking('hello hello')
    await it.untilListening()
    expect(it.stt.count).toBe(0)
  })
})
