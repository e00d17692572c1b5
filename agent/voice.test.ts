import { expect, test } from 'vitest'
import { prepareLine, type Spoken, speakable } from './voice.ts'

const german: Spoken = {
  language: 'de',
  otherLanguage: 'en',
  voice: 'thorsten',
  greeting: 'Guten Tag bei Müller. Wer ist da?',
  disclosure: 'Hier spricht ein Assistent.',
}

test('a line keeps its language when there is a voice for it', () => {
  expect(speakable(german, () => true)).toEqual(german)
  expect(speakable(german, language => language === 'de')).toMatchObject({ language: 'de', otherLanguage: null })
})

test('without a German voice a German line greets in English rather than not at all', () => {
  const line = speakable(german, language => language === 'en')
  expect(line).toMatchObject({ language: 'en', otherLanguage: null, voice: null })
  expect(line.greeting).toMatch(/Hello/)
  expect(speakable(german, () => false)).toEqual(german)
})

test('everything a call begins with is made ahead, sentence by sentence', async () => {
  const made: string[] = []
  const phrases = {
    find: () => undefined,
    get: async () => new Int16Array(0),
    prepare: async (texts: readonly string[]) => {
      made.push(...texts)
      return { failed: [] }
    },
  }
  await prepareLine({ phrases, canSpeak: language => language === 'de' }, german, new AbortController().signal)
  expect(made.slice(0, 3)).toEqual(['Guten Tag bei Müller.', 'Wer ist da?', 'Hier spricht ein Assistent.'])
  expect(made).not.toContain('Goodbye.')
})
