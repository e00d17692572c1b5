import { describe, expect, test } from 'vitest'
import { call, type Given, verdict } from '../testing/session-call.ts'

describe('a message', () => {
  async function recording(given: Given = {}) {
    const it = call({ before: verdict({ action: 'voicemail', rung: 'hours' }), ...given })
    await it.untilPhase('recording')
    return it
  }

  test('is recorded after the tone, thanked for and kept', async () => {
    const it = await recording()
    await it.line.says('Please call me')
    await it.clock.advance(20_000)
    expect(it.story.files).toMatchObject([{ kind: 'voicemail', isEmpty: false }])
    expect(it.find('voicemail')[0]?.data).toMatchObject({ recording: 1 })
    expect(it.line.heard.at(-1)).toBe('Thank you for your message. Goodbye.')
    expect(it.outcome).toMatchObject({ by: 'assistant', action: 'voicemail' })
  })

  test('ends with the key #', async () => {
    const it = await recording()
    await it.line.says('Hello')
    it.line.presses('#')
    await it.clock.advance(6_000)
    expect(it.outcome).toMatchObject({ action: 'voicemail' })
  })

  test('is kept when the caller hangs up in the middle', async () => {
    const it = await recording()
    await it.line.says('Please call')
    await it.clock.advance(1_000)
    it.line.hangsUp()
    await it.clock.advance(5_000)
    expect(it.find('voicemail')).toHaveLength(1)
    expect(it.kinds().at(-1)).toBe('ended')
    expect(it.outcome).toMatchObject({ by: 'caller', action: 'voicemail' })
  })

  test('is taken in words when the disk is full', async () => {
    const it = call({ before: verdict({ action: 'voicemail', rung: 'hours' }), hasRoom: false })
    await it.untilListening()
    expect(it.heard()).toMatch(/tell me your message/)
    await it.line.says('The keys are under the mat')
    await it.clock.advance(9_000)
    expect(it.find('heard')[0]?.data).toMatchObject({ text: 'The keys are under the mat' })
    expect(it.outcome).toMatchObject({ action: 'voicemail' })
  })

  test('is taken in words when recording breaks off', async () => {
    const it = await recording({ line: { recordingFails: true } })
    await it.untilListening()
    expect(it.heard()).toMatch(/tell me your message/)
  })

  test('reads a number back in groups and keeps what was confirmed', async () => {
    const it = call({
      answers: [verdict({ action: 'voicemail', facts: { reason: 'the boiler', callbackNumber: '0301234567' } })],
    })
    await it.untilListening()
    await it.line.says('Call me')
    await it.untilListening()
    expect(it.line.heard.at(-1)).toBe(
      'I have the number zero three zero, one two three, four five six seven. Is that right?',
    )
    await it.line.says('Yes that is right')
    await it.untilPhase('recording')
    expect(it.story.numbers).toEqual(['0301234567'])
  })

  test('takes a yes that is said over the question', async () => {
    const it = call({
      answers: [verdict({ action: 'voicemail', facts: { reason: 'x', callbackNumber: '0301234567' } })],
    })
    await it.untilListening()
    await it.line.says('Call me')
    await it.untilPhase('speaking')
    await it.clock.advance(2_000)
    it.line.startsSpeaking()
    await it.clock.advance(300)
    it.line.stopsSpeaking('Yeah right')
    await it.untilPhase('recording')
    expect(it.story.numbers).toEqual(['0301234567'])
  })

  test('takes a corrected number from the keypad, and gives up after two attempts', async () => {
    const wrong = verdict({ action: 'voicemail', facts: { reason: 'x', callbackNumber: '0301234567' } })
    const it = call({ answers: [wrong] })
    await it.untilListening()
    await it.line.says('Call me')
    await it.untilListening()
    await it.line.says('No')
    await it.untilListening()
    for (const digit of '0891112223#') it.line.presses(digit)
    await it.untilListening()
    it.line.presses('1')
    await it.untilPhase('recording')
    expect(it.story.numbers).toEqual(['0891112223'])

    const other = call({ answers: [wrong] })
    await other.untilListening()
    await other.line.says('Call me')
    for (let i = 0; i < 2; i++) {
      await other.untilListening()
      await other.line.says('No')
      await other.clock.advance(500)
    }
    await other.untilPhase('recording')
    expect(other.story.numbers).toEqual([])
  })

  test('offers the number that rings', async () => {
    const it = call({ answers: [verdict({ action: 'voicemail', facts: { reason: 'x', wants: 'a call back' } })] })
    await it.untilListening()
    await it.line.says('Have her call me back')
    await it.untilListening()
    expect(it.line.heard.at(-1)).toMatch(/number you are calling from/)
    await it.line.says('Yes please')
    await it.untilPhase('recording')
    expect(it.story.numbers).toEqual(['+4930111222'])
  })
})
