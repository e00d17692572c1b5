import { describe, expect, test } from 'vitest'
import { readRange } from './audio.ts'
import { foldWords, numberTails, readSearch } from './words.ts'

describe('words of calls', () => {
  test.each([
    ['Zahnärztin Müller!', ['zahnarztin', 'muller']],
    ['STRASSE, Straße', ['strasse', 'strasse']],
    ['İstanbul ﬁne ①', ['istanbul', 'fine', '1']],
    ['日本語 работа', ['日本語', 'работа']],
    ['... !? 🙂', []],
    ['', []],
  ])('%s is written as %j', (text, words) => expect(foldWords(text)).toEqual(words))

  test('a number is found from each of its digits on, and a short one whole', () => {
    expect(numberTails('+49 30 12')).toEqual(['493012', '93012', '3012', '012'])
    expect(numberTails('10')).toEqual(['10'])
    expect(numberTails('anonymous')).toEqual([])
    expect(numberTails('9'.repeat(500)).length).toBeLessThanOrEqual(22)
  })

  test.each([
    ['030 123456', { words: [], numbers: ['30123456'] }],
    ['+49 (30) 123-456', { words: [], numbers: ['4930123456'] }],
    ['0049 30 123', { words: [], numbers: ['4930123'] }],
    ['anna 1234', { words: ['anna'], numbers: ['1234'] }],
    ['2 pm', { words: ['2', 'pm'], numbers: [] }],
    ['000', { words: [], numbers: ['000'] }],
  ])('"%s" is a search for %j', (text, search) => expect(readSearch(text)).toEqual(search))

  test('however much is typed, little is searched for', () => {
    const { words, numbers } = readSearch(`${'word '.repeat(500)} ${'12345 x '.repeat(500)}`)
    expect(words.length + numbers.length).toBeLessThanOrEqual(16)
  })
})

describe('a range of bytes', () => {
  test.each([
    [null, null],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=5-', { start: 5, end: 9 }],
    ['bytes=-20', { start: 0, end: 9 }],
    ['bytes=3-999999999999999', { start: 3, end: 9 }],
    ['BYTES=1-2', { start: 1, end: 2 }],
    ['bytes=-0', 'impossible'],
    ['bytes=10-12', 'impossible'],
    ['bytes=4-2', null],
    ['bytes=-', null],
    ['bytes=0-1,3-4', null],
    ['lines=1-2', null],
    ['bytes=a-b', null],
    ['bytes=1.5-2', null],
  ])('%s of ten bytes is %j', (header, range) => expect(readRange(header, 10)).toEqual(range))

  test('of an empty file is impossible', () => {
    expect(readRange('bytes=0-', 0)).toBe('impossible')
    expect(readRange('bytes=-5', 0)).toBe('impossible')
  })
})
