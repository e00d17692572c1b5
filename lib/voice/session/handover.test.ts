import { describe, expect, test } from 'vitest'
import { call, forward, type Given, verdict } from '../testing/session-call.ts'

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
