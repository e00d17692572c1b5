import { describe, expect, test } from 'vitest'
import { hasWords, isEcho, isHum, patienceMs, readYesNo } from './answers.ts'
import { phrases, readNumber, stockPhrases } from './phrases/index.ts'

describe('short answers', () => {
  test.each([
    ['yes', true],
    ['Yeah, that is right.', true],
    ['okay please do', true],
    ['no', false],
    ['No, that is wrong', false],
    ["that's not correct", false],
    ['another number please', false],
    ['the boiler', null],
    ['', null],
    ['yesterday', null],
    ['I know', null],
  ])('"%s" in English', (text, meaning) => expect(readYesNo(text, 'en')).toBe(meaning))

  test.each([
    ['ja genau', true],
    ['stimmt', true],
    ['das stimmt nicht', false],
    ['nein danke', false],
    ['Januar', null],
  ])('"%s" in German', (text, meaning) => expect(readYesNo(text, 'de')).toBe(meaning))

  test.each(['mhm', 'Uh-huh.', 'okay', 'ähm', 'hm hm', ''])('"%s" is a hum', text => expect(isHum(text)).toBe(true))
  test.each(['stop', 'no', 'okay but wait', 'help me please now'])('"%s" is no hum', text =>
    expect(isHum(text)).toBe(false),
  )

  test.each(['', '...', '[BLANK_AUDIO]', '(music)', '*cough*', ' - '])('"%s" holds no words', text =>
    expect(hasWords(text)).toBe(false),
  )
  test.each(['a', '5', 'ja', '[noise] hello'])('"%s" holds words', text => expect(hasWords(text)).toBe(true))
})

describe('an echo', () => {
  const said = 'Could you tell me a little more about what it is about?'
  test.each(['tell me a little more', 'could you tell me', 'what it is about'])('"%s" is our own voice', heard =>
    expect(isEcho(heard, said)).toBe(true),
  )
  test.each(['about', 'it is the broken boiler', 'no wait', 'yes I could tell you that it leaks', ''])(
    '"%s" is the caller',
    heard => expect(isEcho(heard, said)).toBe(false),
  )
})

describe('patience', () => {
  const short = patienceMs('It is about the boiler.', 'en', false)
  test.each([
    ['I am calling because', 'en'],
    ['my number is', 'en'],
    ['um', 'en'],
    ['oh three oh one two', 'en'],
    ['030 12', 'en'],
    ['anna at example dot', 'en'],
    ['ich rufe an wegen', 'de'],
    ['null drei null', 'de'],
  ] as const)('"%s" may go on', (text, language) => {
    expect(patienceMs(text, language, false)).toBeGreaterThanOrEqual(800)
    expect(patienceMs(text, language, false)).toBeLessThanOrEqual(2_000)
  })

  test('a whole sentence is answered at once', () => expect(short).toBe(400))

  test('a number that was asked for gets time, and less when it is long enough', () => {
    expect(patienceMs('zero three', 'en', true)).toBeGreaterThan(patienceMs('030 123 456 789', 'en', true))
  })
})

describe('phrases', () => {
  test('numbers are read digit by digit in groups', () => {
    expect(readNumber('0301234567', 'en')).toBe('zero three zero, one two three, four five six seven')
    expect(readNumber('+49 30 12', 'de')).toBe('plus vier neun, drei null eins zwei')
    expect(readNumber('100', 'en')).toBe('one zero zero')
    expect(readNumber('', 'en')).toBe('')
  })

  test('every digit that goes in comes out, in order', () => {
    const digits = '9876543210987654321'
    const names = 'zero one two three four five six seven eight nine'.split(' ')
    expect(
      readNumber(digits, 'en')
        .split(/[ ,]+/)
        .map(name => names.indexOf(name))
        .join(''),
    ).toBe(digits)
  })

  test('both languages have the same phrases, and none is empty', () => {
    expect(Object.keys(phrases('de')).sort()).toEqual(Object.keys(phrases('en')).sort())
    for (const language of ['en', 'de'] as const) {
      for (const phrase of stockPhrases(language)) expect(phrase.trim()).not.toBe('')
    }
  })

  test('what a mailbox could record says neither who calls nor why', () => {
    expect(phrases('en').legIntroduction).not.toMatch(/\$\{|undefined/)
    expect(stockPhrases('en')).toContain(phrases('en').legIntroduction)
  })
})
