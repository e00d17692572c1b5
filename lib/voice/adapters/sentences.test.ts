import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentences, speakable, toAscii } from './sentences.ts'

test('a reply is spoken sentence by sentence', () => {
  expect(sentences('One moment. I will try to reach her! Is that fine? Thank you.')).toEqual([
    'One moment.',
    'I will try to reach her!',
    'Is that fine?',
    'Thank you.',
  ])
})

test('titles and abbreviations do not end a sentence', () => {
  expect(sentences('I will tell Dr. Miller that you called.')).toEqual(['I will tell Dr. Miller that you called.'])
  expect(sentences('It is on 5.30 a day.')).toEqual(['It is on 5.30 a day.'])
})

test('mark-up, emoji, quotes and control characters are not read out', () => {
  expect(speakable('**Hello** “you” 😀\u0000\u0007 <break time="5s"/> A & B\n- 50%', 'en')).toBe(
    'Hello you A and B. - 50 percent',
  )
  expect(speakable('Müller & Söhne', 'de')).toBe('Müller und Söhne')
})

test('a long sentence is cut at a comma', () => {
  const long = `${'the quick brown fox jumps over the lazy dog and rests a while, '.repeat(6)}at last.`
  const pieces = sentences(long)
  expect(pieces.length).toBeGreaterThan(2)
  expect(pieces[0]!.endsWith(',')).toBe(true)
  expect(pieces.join(' ')).toBe(long)
})

test('a long first sentence begins with its first words, so that the caller hears something soon', () => {
  const reply = 'I am afraid nobody is at home, but I can take a message for Anna and she will call you back today.'
  expect(sentences(reply)).toEqual([
    'I am afraid nobody is at home,',
    'but I can take a message for Anna and she will call you back today.',
  ])
})

test('whatever the text is, pieces are short, printable and hold no endless word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), text => {
      for (const piece of sentences(speakable(text, 'en'))) {
        expect(piece.length).toBeLessThanOrEqual(200)
        expect(piece).not.toMatch(/\p{Cc}/u)
        expect(toAscii(piece)).toMatch(/^[\x20-\x7e]*$/)
      }
    }),
  )
})

test('text that begins like an option stays text', () => {
  expect(sentences(speakable('-voice kal16 -o /etc/passwd', 'en'))).toEqual(['-voice kal16 -o /etc/passwd'])
})

test('names keep their letters as far as flite knows them', () => {
  expect(toAscii('Zoë Großmüller')).toBe('Zoe Grossmuller')
  expect(toAscii('李明')).toBe('')
})
