import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Caller, Household, RuleDraft } from '../contract.ts'
import { decisionOfVerdict } from '../decision.ts'
import { strangersHousehold } from '../household.ts'
import { type Call, climb } from './index.ts'

const noon = Date.parse('2026-03-11T12:00:00Z')
const spare = strangersHousehold()
const house = (given: Partial<Household> = {}, line: Partial<Household['line']> = {}): Household => ({
  ...spare,
  userId: 1,
  ...given,
  line: { ...spare.line, country: 'DE', timeZone: 'Europe/Berlin', isPersistentAllowed: true, ...line },
})
const stranger: Caller = { number: '+49301234567', key: '+49301234567', isWithheld: false, isForged: false, recent: [] }
const withheld: Caller = { ...stranger, number: 'anonymous', key: '', isWithheld: true }
const call = (given: Partial<Call> = {}): Call => ({
  household: house(),
  caller: stranger,
  source: 'phone',
  at: noon,
  turns: [],
  ...given,
})
const rule = (given: Partial<RuleDraft>): RuleDraft => ({ id: 7, isEnabled: true, action: 'block', ...given })
const decide = (given: Partial<Call>) => {
  const { ladder, verdict } = climb(call(given))
  return { action: verdict?.action ?? null, rung: ladder.at(-1)?.rung, reason: ladder.at(-1)?.reason ?? '', verdict }
}
const person = (trust: 'favourite' | 'known' | 'blocked') => ({ id: 3, name: 'Anna', trust })

describe('the ladder', () => {
  it('passes a stranger on to the conversation, with a sentence for every rung', () => {
    const { ladder, verdict } = climb(call())
    expect(verdict).toBeNull()
    expect(ladder.map(({ rung }) => rung)).toEqual([
      'emergency',
      'rules',
      'people',
      'block_list',
      'persistent',
      'hours',
    ])
    expect(ladder.every(({ reason }) => /^[A-Z].+\.$/.test(reason))).toBe(true)
  })

  it('lets everybody but the blocked ring for 30 minutes after an emergency call', () => {
    const household = house({ emergencyAt: noon - 29 * 60_000 })
    expect(decide({ household, caller: withheld })).toMatchObject({ action: 'forward', rung: 'emergency' })
    expect(decide({ household, caller: { ...stranger, person: person('blocked') } })).toMatchObject({
      action: 'block',
      rung: 'people',
    })
    expect(decide({ household: house({ emergencyAt: noon - 31 * 60_000 }) }).action).toBeNull()
    expect(decide({ household: house({ emergencyAt: noon + 60_000 }) }).action).toBeNull()
  })

  it.each([
    ['*', true],
    [null, true],
    ['+49301234567', true],
    ['030 1234567', true],
    ['0049301234567', true],
    ['+4930*', true],
    ['030*', true],
    ['0030*', false],
    ['+4931*', false],
    ['+4930123456', false],
    ['anonymous', false],
    ['strangers', true],
    ['known', false],
  ])('reads the pattern %s', (caller, fits) => {
    expect(decide({ household: house({ rules: [rule({ caller })] }) }).action).toBe(fits ? 'block' : null)
  })

  it('asks the rules in order and skips those that are switched off, of another line, hour or source', () => {
    const rules = [
      rule({ isEnabled: false }),
      rule({ lineId: 99 }),
      rule({ source: 'api' }),
      rule({ hours: [{ day: 4, from: '00:00', to: '24:00' }] }),
      rule({ id: 8, action: 'voicemail', hours: [{ day: 3, from: '12:30', to: '13:30' }] }),
      rule({ id: 9 }),
    ]
    const { verdict, ladder } = climb(call({ household: house({ rules }) }))
    expect(verdict?.action).toBe('voicemail')
    expect(ladder.at(-1)).toMatchObject({ rung: 'rules', id: 8 })
  })

  it('reads hours over midnight on both days', () => {
    const rules = [rule({ hours: [{ day: 5, from: '22:00', to: '06:00' }] })]
    const at = (text: string) =>
      decide({ household: house({ rules }, { timeZone: 'UTC' }), at: Date.parse(text) }).action
    expect(at('2026-03-13T23:00:00Z')).toBe('block')
    expect(at('2026-03-14T05:59:00Z')).toBe('block')
    expect(at('2026-03-14T06:00:00Z')).toBeNull()
    expect(at('2026-03-13T05:00:00Z')).toBeNull()
  })

  it('keeps the wall clock when summer time begins', () => {
    const household = house(
      {},
      {
        hours: [
          { day: 7, from: '08:00', to: '09:00' },
          { day: 6, from: '08:00', to: '09:00' },
        ],
      },
    )
    expect(decide({ household, at: Date.parse('2026-03-28T07:30:00Z') }).action).toBeNull()
    expect(decide({ household, at: Date.parse('2026-03-29T06:30:00Z') }).action).toBeNull()
    expect(decide({ household, at: Date.parse('2026-03-29T07:30:00Z') })).toMatchObject({
      action: 'voicemail',
      rung: 'hours',
    })
  })

  it('rings for favourites always and for known people while the line is open', () => {
    const closed = house({}, { hours: [{ day: 1, from: '08:00', to: '09:00' }] })
    expect(decide({ household: closed, caller: { ...stranger, person: person('favourite') } })).toMatchObject({
      action: 'forward',
      rung: 'people',
    })
    expect(decide({ caller: { ...stranger, person: person('known') } })).toMatchObject({
      action: 'forward',
      rung: 'people',
    })
    expect(decide({ household: closed, caller: { ...stranger, person: person('known') } })).toMatchObject({
      action: 'voicemail',
      rung: 'hours',
    })
    expect(decide({ caller: { ...stranger, person: person('blocked') } })).toMatchObject({
      action: 'block',
      rung: 'people',
    })
  })

  it('trusts a forged number of the house for nothing', () => {
    const caller = { ...stranger, isForged: true, person: person('favourite') }
    const rules = [rule({ caller: '+49301234567', action: 'forward' })]
    expect(decide({ caller, household: house({ rules }) }).action).toBeNull()
    expect(decide({ caller, household: house({ rules: [rule({ caller: '+49301234567' })] }) }).action).toBe('block')
    const recent = [{ at: noon - 60_000, rung: null, action: null }]
    expect(decide({ caller: { ...caller, recent } }).action).toBeNull()
  })

  it('names the block list that a number is on', () => {
    const { action, reason } = decide({ caller: { ...stranger, blockedBy: { list: 'Spam', prefix: '+4930' } } })
    expect(action).toBe('block')
    expect(reason).toContain('Spam')
  })

  it.each([
    ['ask_question', null],
    ['voicemail', 'voicemail'],
    ['block', 'block'],
    ['press_one', 'ask_question'],
  ] as const)('treats withheld numbers as the line says: %s', (policy, action) => {
    expect(decide({ caller: withheld, household: house({}, { withheld: policy }) }).action).toBe(action)
  })

  it('goes on when a withheld caller presses 1, and takes a message when they do not', () => {
    const household = house({}, { withheld: 'press_one' })
    const question = decide({ caller: withheld, household }).verdict?.question ?? ''
    const asked = { who: 'assistant' as const, text: question }
    expect(decide({ caller: withheld, household, turns: [asked, { who: 'caller', text: '1' }] }).action).toBeNull()
    expect(decide({ caller: withheld, household, turns: [asked, { who: 'caller', text: 'no' }] }).action).toBe(
      'voicemail',
    )
  })

  it('rings for the second call within 3 minutes, once a day, never for one that was refused', () => {
    const recent = [{ at: noon - 170_000, rung: 'conversation', action: 'ask_question' }]
    expect(decide({ caller: { ...stranger, recent } })).toMatchObject({ action: 'forward', rung: 'persistent' })
    expect(decide({ caller: { ...stranger, recent: [{ ...recent[0]!, at: noon - 181_000 }] } }).action).toBeNull()
    expect(
      decide({
        caller: { ...stranger, recent: [...recent, { at: noon - 3_600_000, rung: 'persistent', action: 'forward' }] },
      }).action,
    ).toBeNull()
    expect(decide({ caller: { ...stranger, recent: [{ ...recent[0]!, action: 'block' }] } }).action).toBeNull()
    expect(decide({ caller: { ...withheld, recent } }).action).toBeNull()
    expect(decide({ caller: { ...stranger, recent }, source: 'api' }).action).toBeNull()
    expect(
      decide({ caller: { ...stranger, recent }, household: house({}, { isPersistentAllowed: false }) }).action,
    ).toBeNull()
  })

  it('is closed on holidays of the line, in its own zone', () => {
    const household = house({}, { holidays: ['2026-12-25'] })
    expect(decide({ household, at: Date.parse('2026-12-24T23:30:00Z') })).toMatchObject({
      action: 'voicemail',
      rung: 'hours',
    })
    expect(decide({ household, at: Date.parse('2026-12-25T23:30:00Z') }).action).toBeNull()
  })

  it('never throws and never leaves the allow-list, whatever it is given', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('*', 'anonymous', '+49*', '100', '+1900', 'favourites'))
    const rules = fc.array(
      fc.record({
        id: fc.nat(),
        isEnabled: fc.boolean(),
        caller: text,
        action: fc.constantFrom('forward', 'voicemail', 'ask_question', 'block'),
        destination: fc.option(text),
      }),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(
        rules,
        text,
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 0, max: 4e12 }),
        (drafts, number, isWithheld, isForged, at) => {
          const household = house({ rules: drafts as RuleDraft[] })
          const { ladder, verdict } = climb(
            call({ household, at, caller: { number, key: number, isWithheld, isForged, recent: [] } }),
          )
          if (!verdict) return
          const decision = decisionOfVerdict(household, verdict, ladder)
          if (decision.action === 'forward')
            expect(household.line.destinations.map(({ target }) => target)).toContain(decision.destination)
          else expect(decision.destination).toBeUndefined()
        },
      ),
    )
  })
})
