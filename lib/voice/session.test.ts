import { describe, expect, test } from 'vitest'
import { createSession } from './session.ts'
import { createFakeLine } from './testing/fake-line.ts'
import { createFakeStory, createFakeStt, createFakeVoice } from './testing/fakes.ts'
import { call, forward, verdict, voicemail } from './testing/session-call.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

describe('picking up', () => {
  test('greets, discloses and asks before it listens', async () => {
    const it = call()
    await it.untilListening()
    expect(it.line.heard).toEqual([
      'Hello, this is the line of the Millers. I am an assistant.',
      'Who is calling, please, and what is it about?',
    ])
    expect(it.find('measured')[0]?.data).toMatchObject({ stage: 'answer_to_first_word' })
  })

  test('the question of a greeting comes after the disclosure', async () => {
    const it = call({ settings: { greeting: 'Good day. Millers here! Who is there?' } })
    await it.untilListening()
    expect(it.line.heard).toEqual(['Good day. Millers here! I am an assistant.', 'Who is there?'])
  })

  test('records the call only after the disclosure has been played', async () => {
    const it = call({ settings: { isRecording: true } })
    await it.clock.advance(2_000)
    expect(it.line.log).toEqual(['answer'])
    await it.untilListening()
    expect(it.line.log).toEqual(['answer', 'record call call.wav'])
  })

  test('refuses a blocked caller without answering', async () => {
    const it = call({ before: verdict({ action: 'block', rung: 'people' }) })
    await it.clock.settle()
    expect(it.line.log).toEqual(['hang up rejected'])
    expect(it.outcome).toMatchObject({ by: 'assistant', action: 'block' })
  })

  test('rings a favourite’s owner before answering and joins them', async () => {
    const it = call({ before: forward, people: { '100': { outcome: 'answered', key: '1', talksMs: 900_000 } } })
    await it.untilPhase('joined')
    expect(it.line.log).toEqual(['dial 100', 'join 100'])
    await it.clock.advance(900_000)
    expect(it.outcome).toMatchObject({ by: 'person', action: 'forward' })
  })

  test('answers a favourite whom nobody took, and offers to take a message', async () => {
    const it = call({ before: forward })
    await it.untilPhase('recording')
    expect(it.line.log.slice(0, 3)).toEqual(
      ['dial 100', 'drop 100', 'answer'].filter(entry => entry !== 'drop 100').concat('record'),
    )
    expect(it.heard()).toMatch(/assistant.*nobody can take your call.*leave your message/)
  })

  test('lets a caller whose number rings a busy owner hear a real busy', async () => {
    const it = call({ before: forward, people: { '100': { outcome: 'busy' } } })
    await it.clock.advance(5_000)
    expect(it.line.log).toEqual(['dial 100', 'hang up busy'])
  })

  test('goes on without the ladder when it does not answer', async () => {
    const clock = createVirtualClock()
    const line = createFakeLine(clock)
    const session = createSession(
      {
        line,
        clock,
        stt: createFakeStt(clock),
        voice: createFakeVoice(clock),
        story: createFakeStory(),
        screen: () => new Promise(() => {}),
        decide: async () => voicemail,
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
    await clock.advance(30_000)
    expect(line.heard[0]).toBe('Hello. I am an assistant.')
  })
})

describe('talking', () => {
  test('hears, decides and answers', async () => {
    const it = call({ answers: [verdict({ question: 'Is it urgent?' })] })
    await it.untilListening()
    await it.line.says('It is Anna from the dentist')
    await it.clock.advance(3_000)
    expect(it.screening.asked[0]?.at(-1)).toEqual({ who: 'caller', text: 'It is Anna from the dentist' })
    expect(it.heard()).toMatch(/Is it urgent\?$/)
    expect(it.kinds()).toEqual(expect.arrayContaining(['heard', 'decided', 'said', 'measured']))
  })

  test('waits for the rest of an unfinished sentence and takes both parts as one', async () => {
    const it = call()
    await it.untilListening()
    await it.line.says('I am calling about')
    await it.clock.advance(700)
    expect(it.screening.asked).toEqual([])
    await it.line.says(' the broken boiler')
    await it.clock.advance(1_500)
    expect(it.screening.asked[0]?.at(-1)?.text).toBe('I am calling about the broken boiler')
    expect(it.screening.asked).toHaveLength(1)
  })

  test('of a long story every part is kept, and only the new one is recognised', async () => {
    const it = call()
    await it.untilListening()
    await it.line.says('First there was a long story', { speechMs: 12_000 })
    await it.clock.advance(200)
    it.line.startsSpeaking()
    await it.clock.advance(4_000)
    it.line.stopsSpeaking('and then there was more of it.', 4_000)
    await it.clock.advance(2_000)
    expect(it.screening.asked[0]?.at(-1)?.text).toBe('First there was a long story and then there was more of it.')
    expect(it.screening.asked).toHaveLength(1)
    expect(it.stt.count).toBe(2)
  })

  test('does not cut a number off in the middle', async () => {
    const it = call({ answers: [verdict({ question: 'On which number?', expects: 'number' }), voicemail] })
    await it.untilListening()
    await it.line.says('Please call me back')
    await it.untilListening()
    await it.line.says('oh three oh one two')
    await it.clock.advance(1_300)
    await it.line.says(' three four five six')
    await it.clock.advance(3_000)
    expect(it.screening.asked[1]?.at(-1)?.text).toBe('oh three oh one two three four five six')
  })

  test('says one filler while it thinks, then the answer', async () => {
    const it = call({ answers: [verdict({ question: 'Is it urgent?' })], screensInMs: 2_500 })
    await it.untilListening()
    await it.line.says('Hello there')
    await it.clock.advance(7_000)
    expect(it.line.heard.slice(2)).toEqual(['One moment.', 'Is it urgent?'])
  })

  test('is never silent for 2 s while a slow recogniser and a slow decision follow each other', async () => {
    const it = call({ answers: [verdict({ question: 'Is it urgent?' })], screensInMs: 1_000, sttMs: 1_800 })
    await it.untilListening()
    await it.line.says('Hello there')
    await it.clock.advance(1_700)
    expect(it.line.isSpeaking).toBe(true)
    await it.clock.advance(5_000)
    expect(it.line.heard.slice(2)).toEqual(['One moment.', 'Is it urgent?'])
  })

  test('says no filler over a caller who goes on, and decides on all of it', async () => {
    const it = call({ answers: [verdict({ question: 'A?' }), verdict({ question: 'B?' })], screensInMs: 2_000 })
    await it.untilListening()
    await it.line.says('Hello there')
    await it.clock.advance(600)
    it.line.startsSpeaking()
    await it.clock.advance(3_000)
    expect(it.line.heard).toHaveLength(2)
    it.line.stopsSpeaking('and I need help')
    await it.clock.advance(6_000)
    expect(
      it.screening.asked
        .at(-1)
        ?.slice(-2)
        .map(({ text }) => text),
    ).toEqual(['Hello there', 'and I need help'])
    expect(it.line.heard.at(-1)).toBe('B?')
    expect(it.line.heard).not.toContain('A?')
  })

  test('asks three questions at most', async () => {
    const it = call({ answers: ['A?', 'B?', 'C?', 'D?'].map(question => verdict({ question })) })
    for (let i = 0; i < 4; i++) {
      await it.untilListening()
      await it.line.says('well')
      await it.clock.advance(1_000)
    }
    await it.untilPhase('recording')
    expect(it.heard()).not.toMatch(/D\?/)
  })

  test('asks a silent caller twice, offers the keys, then takes a message and hangs up', async () => {
    const it = call()
    await it.clock.advance(60_000)
    expect(it.line.heard.slice(2)).toEqual([
      'Hello, are you still there?',
      'I cannot hear you. Press 1 to leave a message, or 0 to reach a person.',
      'Please leave your message after the tone. Press hash when you are done.',
      'I did not hear anything. Goodbye.',
    ])
    expect(it.outcome?.by).toBe('assistant')
    expect(it.story.files).toMatchObject([{ isEmpty: true }])
    expect(it.kinds()).not.toContain('voicemail')
  })

  test('a caller who never stops is ended by the limits', async () => {
    const it = call({ answers: Array.from({ length: 50 }, (_, i) => verdict({ question: `Q${i}?` })) })
    for (let i = 0; i < 40 && !it.outcome; i++) {
      await it.line.says('blah blah blah and so on and')
      await it.clock.advance(20_000)
    }
    await it.clock.advance(200_000)
    expect(it.outcome).not.toBeNull()
  })
})
