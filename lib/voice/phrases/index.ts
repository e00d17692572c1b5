import type { Language } from '../ports.ts'
import { de } from './de.ts'
import { en } from './en.ts'

export type Phrases = typeof en

type Stock<P> = { [K in keyof P]: P[K] extends string ? K : never }[keyof P]
export type StockPhrase = Stock<Phrases>

const catalogues: Record<Language, Phrases> = { en, de }

export function phrases(language: Language): Phrases {
  return catalogues[language]
}

/** Every sentence of a language that never changes: what the phrase cache renders ahead. */
export function stockPhrases(language: Language): string[] {
  return Object.values(catalogues[language]).filter(phrase => typeof phrase === 'string')
}

const digitWords: Record<Language, Record<string, string>> = {
  en: {
    '+': 'plus',
    '0': 'zero',
    '1': 'one',
    '2': 'two',
    '3': 'three',
    '4': 'four',
    '5': 'five',
    '6': 'six',
    '7': 'seven',
    '8': 'eight',
    '9': 'nine',
  },
  de: {
    '+': 'plus',
    '0': 'null',
    '1': 'eins',
    '2': 'zwei',
    '3': 'drei',
    '4': 'vier',
    '5': 'fünf',
    '6': 'sechs',
    '7': 'sieben',
    '8': 'acht',
    '9': 'neun',
  },
}

/** A number as it is read aloud: digit by digit in groups of three, the last group two to four. `0301234567` becomes "zero three zero, one two three, four five six seven". */
export function readNumber(number: string, language: Language): string {
  const signs = number.replace(/[^\d+]/g, '').slice(0, 24)
  const groups: string[] = []
  for (let rest = signs; rest.length > 0; ) {
    const length = rest.length <= 4 ? rest.length : 3
    groups.push(rest.slice(0, length))
    rest = rest.slice(length)
  }
  return groups.map(group => [...group].map(sign => digitWords[language][sign]!).join(' ')).join(', ')
}
