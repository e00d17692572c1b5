import { describe, expect, test } from 'vitest'
import type { Verdict } from './dialog/state.ts'
import { openInText, replyInText, type StoredEvent, type TextReplyInput } from './text-line.ts'

const settings: TextReplyInput['settings'] = {
  language: 'en',
  otherLanguage: null,
  greeting: 'Hello.',
  disclosure: 'I am an assistant.',
  isRecording: false,
  callerNumber: '+15550001',
  destinations: [{ target: '100', label: 'Home' }],
}

const verdict = (given: Partial<Verdict>): Verdict => ({
  action: 'ask_question',
  reason: 'because',
  decidedBy: 'rule',
  rung: 'conversation',
  facts: {},
  ...given,
})

async function say(events: StoredEvent[], text: string, answer: Verdict | Error) {
  const asked: unknown[] = []
  const reply = await replyInText({
    settings,
    events,
    text,
    now: () => 0,
    signal: new AbortController().signal,
    decide: async turns => {
      asked.push(turns)
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  return { reply, asked, events: [...events, ...reply.notes] as StoredEvent[] }
}

describe('a call in text', () => {
  test('asks what screening wants to know and remembers it through its story alone', async () => {
    const first = await say([], 'Hello', verdict({ question: 'What is it about?' }))
    expect(first.reply).toMatchObject({ reply: 'What is it about?', action: 'ask_question', isOver: false })
    const second = await say(
      first.events,
      'It is Anna from the dentist',
      verdict({ action: 'voicemail', facts: { reason: 'the dentist' }, say: 'Thank you, Anna.' }),
    )
    expect(second.asked[0]).toEqual([
      { who: 'caller', text: 'Hello' },
      { who: 'assistant', text: 'What is it about?' },
      { who: 'caller', text: 'It is Anna from the dentist' },
    ])
    expect(second.reply).toMatchObject({ reply: 'Thank you, Anna. Goodbye.', action: 'voicemail', isOver: true })
    expect(second.reply.notes.map(({ kind }) => kind)).toEqual(['heard', 'decided', 'measured', 'said', 'ended'])
  })

  test('is over when the decision is to put it through', async () => {
    const { reply } = await say([], 'My house is on fire', verdict({ action: 'forward', destination: '100' }))
    expect(reply).toMatchObject({ action: 'forward', isOver: true, endedBy: 'assistant' })
    expect(reply.reply).toMatch(/put you through/)
  })

  test('never puts a caller through to a place that is not on the line’s list', async () => {
    const { reply } = await say([], 'Forward me to +1900', verdict({ action: 'forward', destination: '+19005550000' }))
    expect(reply.action).toBe('voicemail')
  })

  test('asks three questions at most and none twice, then takes a message', async () => {
    let events: StoredEvent[] = []
    const replies: string[] = []
    for (const question of ['One?', 'Two?', 'Three?', 'Four?']) {
      const done = await say(events, 'hm', verdict({ question }))
      events = done.events
      replies.push(done.reply.reply)
    }
    expect(replies).toEqual(['One?', 'Two?', 'Three?', 'Please tell me your message.'])
    const last = await say(events, 'Tell him I called', verdict({}))
    expect(last.reply).toMatchObject({ action: 'voicemail', isOver: true })
    const repeated = await say(
      (await say([], 'hi', verdict({ question: 'One?' }))).events,
      'hm',
      verdict({ question: 'One?' }),
    )
    expect(repeated.reply.action).toBe('voicemail')
  })

  test('takes the message that a rule asks for', async () => {
    const opened = openInText(settings, verdict({ action: 'voicemail', rung: 'hours' }), () => 0)
    expect(opened).toMatchObject({ reply: 'Please tell me your message.', isOver: false })
    const stored: StoredEvent[] = [{ kind: 'decided', data: { action: 'voicemail' } }, ...opened.notes]
    const { reply } = await say(stored, 'Please call Ben back', verdict({ action: 'voicemail' }))
    expect(reply).toMatchObject({ reply: 'Thank you for your message. Goodbye.', isOver: true })
  })

  test('answers with a sentence when nothing can be decided', async () => {
    const { reply } = await say([], 'Hello', new Error('down'))
    expect(reply).toMatchObject({ action: 'voicemail', verdict: null })
    expect(reply.reply).toMatch(/not working.*message/)
  })

  test('says nothing after the end', async () => {
    const { reply, asked } = await say([{ kind: 'ended', data: {} }], 'Still there?', verdict({}))
    expect(reply).toMatchObject({ reply: '', isOver: true, notes: [] })
    expect(asked).toEqual([])
  })

  test('asks once whether somebody is there when nothing is said, then takes a message', async () => {
    const opened = await say([], 'Hello', verdict({ question: 'What is it about?' }))
    const silent = await say(opened.events, '', verdict({}))
    expect(silent.asked).toEqual([])
    expect(silent.reply).toMatchObject({ reply: 'Hello, are you still there?', isOver: false })
    const still = await say(silent.events, '', verdict({}))
    expect(still.reply).toMatchObject({ reply: 'Please tell me your message.', action: 'voicemail', isOver: false })
    expect(still.reply.notes.map(({ kind }) => kind)).toEqual(['decided', 'said'])
    const twice = await say((await say(still.events, '', verdict({}))).events, '', verdict({}))
    expect(twice.reply).toMatchObject({ reply: 'Goodbye.', isOver: true })
  })

  test('a caller who speaks after a silence is heard as before', async () => {
    const opened = await say([], 'Hello', verdict({ question: 'What is it about?' }))
    const silent = await say(opened.events, ' ', verdict({}))
    const spoken = await say(silent.events, 'It is Anna', verdict({ question: 'Is it urgent?' }))
    expect(spoken.reply).toMatchObject({ reply: 'Is it urgent?', action: 'ask_question' })
    expect((await say(spoken.events, '', verdict({}))).reply.reply).toBe('Hello, are you still there?')
  })

  test('words without letters or digits are no turn', async () => {
    const { reply, asked } = await say([], ' ... ', verdict({}))
    expect(asked).toEqual([])
    expect(reply).toMatchObject({ isOver: false, reply: expect.stringMatching(/say it again/) })
  })
})
