import { describe, expect, test } from 'vitest'
import type { Settings, Verdict } from './dialog/state.ts'
import { createSession, type Outcome } from './session.ts'
import { createFakeLine, type FakePerson } from './testing/fake-line.ts'
import { createFakeScreening, createFakeStory, createFakeStt, createFakeVoice } from './testing/fakes.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

const verdict = (given: Partial<Verdict>): Verdict => ({
  action: 'ask_question',
  reason: 'because',
  decidedBy: 'rule',
  rung: 'conversation',
  facts: {},
  ...given,
})
const forward = verdict({ action: 'forward', destination: '100', say: 'I put you through.' })
const voicemail = verdict({ action: 'voicemail' })

type Given = {
  settings?: Partial<Settings>
  before?: Verdict | null
  answers?: (Verdict | Error | 'hang')[]
  people?: Record<string, FakePerson>
  hasRoom?: boolean
  screensInMs?: number
  sttMs?: number
  line?: Parameters<typeof createFakeLine>[2]
  numbers?: Record<string, string>
}

/** A call that has come in; the caller and the clock are the test's. */
function call(given: Given = {}) {
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
    expect(it.line.heard.slice(2)).toEqual(['One moment, please.', 'Is it urgent?'])
  })

  test('is never silent for 2 s while a slow recogniser and a slow decision follow each other', async () => {
    const it = call({ answers: [verdict({ question: 'Is it urgent?' })], screensInMs: 1_500, sttMs: 1_800 })
    await it.untilListening()
    await it.line.says('Hello there')
    await it.clock.advance(1_700)
    expect(it.line.isSpeaking).toBe(true)
    await it.clock.advance(5_000)
    expect(it.line.heard.slice(2)).toEqual(['One moment, please.', 'Is it urgent?'])
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

describe('keys', () => {
  test('1 takes a message at any time', async () => {
    const it = call()
    await it.untilListening()
    it.line.presses('1')
    await it.untilPhase('recording')
  })

  test('a key pressed during the disclosure counts after it', async () => {
    const it = call()
    await it.clock.advance(500)
    it.line.presses('1')
    await it.untilPhase('recording')
    expect(it.line.heard[0]).toMatch(/assistant/)
  })

  test('a withheld caller who is asked for the 1 gets on with it, by key or by word, and not otherwise', async () => {
    const press = verdict({ question: 'Press 1 to go on.', expects: 'key_one', rung: 'block_list' })
    const pressing = call({ before: press, answers: [verdict({ question: 'Who is calling?' })] })
    await pressing.untilListening()
    pressing.line.presses('1')
    await pressing.clock.advance(1_000)
    await pressing.untilListening()
    expect(pressing.line.heard.at(-1)).toBe('Who is calling?')
    const talking = call({ before: press, answers: [verdict({ question: 'Who is calling?' })] })
    for (let i = 0; i < 3; i++) {
      await talking.untilListening()
      await talking.line.says('Hello, hello, who is there')
      await talking.clock.advance(1_000)
    }
    await talking.clock.advance(10_000)
    expect(talking.outcome).toMatchObject({ action: 'block' })
    expect(talking.screening.asked).toEqual([])
  })

  test('0 rings a person', async () => {
    const it = call({ people: { '100': { outcome: 'answered', key: '1' } } })
    await it.untilListening()
    it.line.presses('0')
    await it.untilPhase('joined')
  })

  test('0 does not ring for a caller whom the hours keep away', async () => {
    const it = call({ before: verdict({ action: 'voicemail', rung: 'hours' }) })
    await it.untilPhase('speaking')
    await it.clock.advance(5_000)
    it.line.presses('0')
    await it.clock.advance(5_000)
    expect(it.line.log).not.toContain('dial 100')
  })

  test('9 changes the language', async () => {
    const it = call()
    await it.untilListening()
    it.line.presses('9')
    await it.clock.advance(8_000)
    expect(it.heard()).toMatch(/Wir können auf Deutsch weitersprechen/)
  })

  test('without ears the line offers exactly the keys', async () => {
    const it = call({ settings: { hasEars: false } })
    await it.untilListening()
    expect(it.heard()).toMatch(/cannot listen.*Press 1 to leave a message, or 0/)
    it.line.presses('1')
    await it.untilPhase('recording')
  })

  test('a flood of keys ends in a message, and the story stays short', async () => {
    const it = call()
    await it.untilListening()
    for (let i = 0; i < 2_000; i++) it.line.presses('37*#AB952'[i % 9]!)
    expect(it.find('key').length).toBeLessThanOrEqual(40)
    await it.clock.advance(700_000)
    expect(it.outcome).not.toBeNull()
  })
})

describe('putting through', () => {
  const said = async (given: Given) => {
    const it = call({ answers: [{ ...forward, facts: { callerName: 'Anna', reason: 'the boiler' } }], ...given })
    await it.untilListening()
    await it.line.says('The boiler is leaking')
    return it
  }

  test('asks for the 1, whispers who it is and joins', async () => {
    const it = await said({ people: { '100': { outcome: 'answered', key: '1' } } })
    await it.untilPhase('joined')
    expect(it.line.whispered).toEqual([expect.stringMatching(/Press 1/), 'Anna. the boiler.'])
    expect(it.line.whispered[0]).not.toMatch(/Anna|boiler/)
    await it.clock.advance(3_600_000)
    expect(it.outcome).toBeNull()
    it.line.hangsUp()
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'caller', action: 'forward' })
    expect(it.line.openLegs).toBe(0)
  })

  test.each([
    ['busy', { outcome: 'busy' as const }],
    ['no answer', { outcome: 'no_answer' as const }],
    ['declined', { outcome: 'declined' as const }],
    ['failed', { outcome: 'failed' as const }],
    ['a mailbox that presses nothing', { outcome: 'answered' as const, key: null }],
    ['voicemail by the key 2', { outcome: 'answered' as const, key: '2' }],
    ['a leg that is gone when it is joined', { outcome: 'answered' as const, key: '1', failsToJoin: true }],
  ])('comes back to the caller: %s', async (_name, person) => {
    const it = await said({ people: { '100': person } })
    await it.untilPhase('recording')
    expect(it.heard()).toMatch(/I am sorry.*leave your message/)
    expect(it.line.openLegs).toBe(0)
  })

  test('a caller who hangs up while it rings leaves nobody ringing', async () => {
    const it = await said({ people: { '100': { outcome: 'answered', answersAfterMs: 8_000, key: '1' } } })
    await it.untilPhase('dialling')
    it.line.hangsUp()
    await it.clock.advance(20_000)
    expect(it.line.openLegs).toBe(0)
    expect(it.outcome).toMatchObject({ by: 'caller' })
  })

  test('never dials what is not on the list', async () => {
    const it = await said({ answers: [verdict({ action: 'forward', destination: '+19001234567' })] })
    await it.untilPhase('recording')
    expect(it.line.log.some(entry => entry.startsWith('dial'))).toBe(false)
  })
})

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

describe('when engines fail', () => {
  test('a recogniser that fails twice leaves the keys', async () => {
    const it = call()
    it.stt.fail(new Error('out of memory'))
    for (let i = 0; i < 2; i++) {
      await it.untilListening()
      await it.line.says('Hello')
      await it.clock.advance(1_000)
    }
    await it.untilListening()
    expect(it.heard()).toMatch(/did not catch that.*cannot listen.*Press 1/)
  })

  test('a recogniser that hangs is not waited for', async () => {
    const it = call()
    it.stt.hang()
    await it.untilListening()
    await it.line.says('Hello')
    await it.clock.advance(16_000)
    expect(it.heard()).toMatch(/did not catch/)
  })

  test.each([['fails', new Error('down')] as const, ['hangs', 'hang'] as const])(
    'screening that %s ends in a sentence and a message',
    async (_name, answer) => {
      const it = call({ answers: [answer] })
      await it.untilListening()
      await it.line.says('Hello')
      await it.untilPhase('recording')
      expect(it.heard()).toMatch(/not working.*leave your message/)
    },
  )

  test.each(['fail', 'hang'] as const)('a voice that %ss gives the caller to the dialplan', async how => {
    const it = call()
    if (how === 'fail') it.voice.fail(new Error('no voice'))
    else it.voice.hang()
    await it.clock.advance(8_000)
    expect(it.line.log).toContain('release')
    expect(it.outcome?.by).toBe('fault')
  })

  test('a fault of our own gives the caller to the dialplan and ends only this call', async () => {
    const it = call()
    await it.untilListening()
    it.story.add = () => {
      it.story.add = () => {}
      throw new Error('a bug')
    }
    it.line.presses('1')
    await it.clock.advance(1_000)
    expect(it.line.log.at(-1)).toBe('release')
    expect(it.outcome?.by).toBe('fault')
    expect(it.clock.waiting).toBe(0)
  })

  test('a line that cannot be answered ends the call', async () => {
    const it = call({ line: { answerFails: true } })
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'fault' })
  })
})

describe('after the end', () => {
  test.each([
    ['while it rings', 'answering'],
    ['during the greeting', 'speaking'],
    ['while listening', 'listening'],
    ['while it is put through', 'dialling'],
    ['while somebody is asked', 'asking'],
    ['while they talk', 'joined'],
    ['during the message', 'recording'],
  ])('nothing is left behind of a caller who hung up %s', async (_name, phase) => {
    const isMessage = phase === 'recording'
    const it = call({
      answers: [forward],
      people: { '100': { outcome: 'answered', answersAfterMs: 900, key: '1', keyAfterMs: 900 } },
      ...(isMessage && { before: voicemail }),
    })
    if (['dialling', 'asking', 'joined'].includes(phase)) {
      await it.untilListening()
      await it.line.says('Please put me through')
    }
    if (phase !== 'answering') await it.untilPhase(phase)
    it.line.hangsUp()
    await it.clock.advance(100)
    expect(it.outcome).toMatchObject({ by: 'caller' })
    await it.clock.advance(6_000)
    expect(it.clock.waiting).toBe(0)
    expect(it.line.openLegs).toBe(0)
    const { length } = it.story.notes
    it.line.emit({ type: 'dtmf', digit: '1' })
    it.line.emit({ type: 'speech_started' })
    it.session.send({ type: 'command', command: 'take' })
    await it.clock.advance(60_000)
    expect(it.story.notes).toHaveLength(length)
  })
})

describe('the owner', () => {
  async function talking(given: Given = {}) {
    const it = call(given)
    await it.untilListening()
    return it
  }

  test('takes the call: rings at once and is joined without a key', async () => {
    const it = await talking({ people: { '100': { outcome: 'answered', key: null } } })
    it.session.send({ type: 'command', command: 'take' })
    expect(it.line.log.at(-1)).toBe('dial 100')
    await it.untilPhase('joined')
    expect(it.line.whispered).toEqual([])
  })

  test('has a question asked', async () => {
    const it = await talking()
    it.session.send({ type: 'command', command: 'ask', text: 'What is your order number?' })
    await it.untilListening()
    expect(it.line.heard.at(-1)).toBe('What is your order number?')
  })

  test.each(['voicemail', 'block', 'hang_up'] as const)('orders %s at any moment', async command => {
    const it = await talking()
    await it.line.says('Hello')
    it.session.send({ type: 'command', command })
    if (command === 'voicemail') return it.untilPhase('recording')
    await it.clock.advance(10_000)
    expect(it.outcome).toMatchObject({ by: 'owner', action: command === 'block' ? 'block' : null })
  })

  test.each(['block', 'hang_up'] as const)('orders %s before the call is answered', async command => {
    const it = call({ before: forward, people: { '100': { outcome: 'answered', answersAfterMs: 9_000, key: '1' } } })
    await it.clock.advance(1_000)
    it.session.send({ type: 'command', command })
    await it.clock.settle()
    expect(it.line.log.at(-1)).toBe('hang up rejected')
  })

  test('sends a ringing call to voicemail', async () => {
    const it = call({ before: forward, people: { '100': { outcome: 'answered', answersAfterMs: 9_000, key: '1' } } })
    await it.clock.advance(1_000)
    it.session.send({ type: 'command', command: 'voicemail' })
    await it.untilPhase('recording')
    expect(it.line.heard[0]).toMatch(/assistant/)
  })
})
