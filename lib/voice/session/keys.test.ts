import { describe, expect, test } from 'vitest'
import { call, forward, type Given, verdict } from '../testing/session-call.ts'

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

  test('takes a call while somebody at that phone is being asked for the key: joined at once', async () => {
    const it = await talking({ answers: [forward], people: { '100': { outcome: 'answered', key: null } } })
    await it.line.says('The boiler is leaking')
    await it.untilPhase('asking')
    it.session.send({ type: 'command', command: 'take' })
    await it.clock.settle()
    expect(it.session.state.phase).toBe('joined')
    expect(it.line.log.at(-1)).toBe('join 100')
    await it.clock.advance(60_000)
    expect(it.outcome).toBeNull()
    it.line.hangsUp()
    await it.clock.settle()
    expect(it.outcome).toMatchObject({ by: 'caller', action: 'forward', verdict: { decidedBy: 'owner' } })
    expect(it.line.openLegs).toBe(0)
  })

  test('takes a call while that phone is ringing: whoever answers is joined', async () => {
    const it = await talking({
      answers: [forward],
      people: { '100': { outcome: 'answered', answersAfterMs: 4_000, key: null } },
    })
    await it.line.says('The boiler is leaking')
    await it.untilPhase('dialling')
    it.session.send({ type: 'command', command: 'take' })
    await it.untilPhase('joined')
    expect(it.line.whispered).toEqual([])
    expect(it.line.log.filter(entry => entry === 'dial 100')).toHaveLength(1)
  })

  test('takes a call from whoever else is being rung or asked', async () => {
    const office = { ...forward, destination: '101' }
    for (const phase of ['dialling', 'asking']) {
      const it = await talking({
        answers: [office],
        people: { '101': { outcome: 'answered', key: null }, '100': { outcome: 'answered', key: null } },
      })
      await it.line.says('The boiler is leaking')
      await it.untilPhase(phase)
      it.session.send({ type: 'command', command: 'take' })
      expect(it.line.log.at(-1)).toBe('dial 100')
      await it.untilPhase('joined')
      expect(it.line.log.at(-1)).toBe('join 100')
      it.line.hangsUp()
      await it.clock.settle()
      expect(it.line.openLegs).toBe(0)
    }
  })

  test('takes a call at another phone of the line, and never at a number that is not on its list', async () => {
    const people = { '101': { outcome: 'answered', key: null }, '100': { outcome: 'answered', key: null } } as const
    const office = await talking({ people })
    office.session.send({ type: 'command', command: 'take', destination: '101' })
    expect(office.line.log.at(-1)).toBe('dial 101')
    await office.untilPhase('joined')
    const elsewhere = await talking({ people })
    elsewhere.session.send({ type: 'command', command: 'take', destination: '+19001234567' })
    expect(elsewhere.line.log.at(-1)).toBe('dial 100')
  })

  test('takes a call that rings elsewhere before it was answered', async () => {
    const it = call({
      before: { ...forward, destination: '101' },
      people: { '101': { outcome: 'answered', answersAfterMs: 9_000 }, '100': { outcome: 'answered', key: null } },
    })
    await it.clock.advance(1_000)
    it.session.send({ type: 'command', command: 'take' })
    expect(it.line.log).toEqual(['dial 101', 'dial 100'])
    await it.untilPhase('joined')
  })

  test('may try to take it as often as it takes, and an older attempt is never heard of again', async () => {
    const it = await talking({ people: { '100': { outcome: 'busy', answersAfterMs: 500 } } })
    for (let i = 0; i < 5; i++) {
      it.session.send({ type: 'command', command: 'take' })
      await it.clock.advance(900)
    }
    expect(it.line.log.filter(entry => entry === 'dial 100')).toHaveLength(5)
    await it.untilPhase('recording')
    expect(it.line.openLegs).toBe(0)
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
