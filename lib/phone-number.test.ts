import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareNumber, forbiddenTarget, isWithheld, numberKey } from './phone-number.ts'

describe('a number', () => {
  it.each([
    ['+49 30 1234567', 'US', '+49301234567'],
    ['030 1234567', 'DE', '+49301234567'],
    ['0049 30 1234567', 'DE', '+49301234567'],
    ['(202) 555-0143', 'US', '+12025550143'],
    ['"Anna" <sip:+49301234567@trunk.example;user=phone>', 'DE', '+49301234567'],
    ['tel:+49-30-1234567', 'DE', '+49301234567'],
    ['100', 'DE', '100'],
    ['anna', 'DE', 'anna'],
    ['*97', 'DE', '*97'],
    ['anonymous', 'DE', ''],
    ['sip:anonymous@anonymous.invalid', 'DE', ''],
    ['', 'DE', ''],
  ])('%s in %s is known as %s', (number, country, key) => {
    expect(numberKey(number, country)).toBe(key)
  })

  it('that is withheld is recognised in the words of many trunks', () => {
    for (const word of ['anonymous', 'Anonymous', 'unknown', 'Private', 'restricted', '', ' '])
      expect(isWithheld(word), word).toBe(true)
    for (const word of ['100', '+4930', 'anna']) expect(isWithheld(word), word).toBe(false)
  })

  it('of any kind gives a short key without control characters', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 2_000 }), fc.string({ unit: 'grapheme' }), fc.constant('9'.repeat(10_000))),
        fc.constantFrom('DE', 'US', 'XX', ''),
        (number, country) => {
          const key = numberKey(number, country)
          expect(key.length).toBeLessThanOrEqual(64)
          expect(bareNumber(number).length).toBeLessThanOrEqual(64)
        },
      ),
    )
  })
})

describe('a target', () => {
  it.each(['+19005550100', '19005550100', '+49900123456', '01901234567', '112', '911', '+8816123456', '+448711234567'])(
    '%s is refused',
    target => {
      expect(forbiddenTarget(target, 'DE')).not.toBeNull()
    },
  )

  it.each(['100', 'anna', '+49301234567', '+12025550143'])('%s is fine', target => {
    expect(forbiddenTarget(target, 'DE')).toBeNull()
  })
})
