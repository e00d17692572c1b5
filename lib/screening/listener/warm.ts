import { setImmediate as nextTurn } from 'node:timers/promises'
import { listen } from './index.ts'
import { figures, patience } from './lexicon/figures.ts'
import { frauds } from './lexicon/fraud.ts'
import { relationship, sales } from './lexicon/sales.ts'
import { calm, demand, emergencies, urgencies } from './lexicon/urgency.ts'
import { manipulation, messageWords, nothingWords } from './lexicon/words.ts'

const lists = [emergencies, urgencies, frauds, sales].flatMap(signs => signs.map(({ pattern }) => pattern))
const words = [manipulation, relationship, figures, patience, calm, demand, messageWords, nothingWords]

/** The second has letters beyond Latin-1: for such texts a pattern is compiled anew. */
const sentences = [
  'Hello, this is Anna Miller from the dentist, it is about your appointment; please call me back on 555 123 4567.',
  'Guten Tag, hier ist Anna Łęcka von der Praxis Müller, es geht um Ihren Termin, bitte rufen Sie zurück: 030 1234567.',
]

/**
 * A pattern is compiled when it is first tried and better when it is tried again. All of them together take a third of a
 * second, for which the first caller of a process would hold up everybody else: here it is one pattern a turn of the loop.
 */
export async function warmListener(): Promise<void> {
  for (const pattern of [...lists, ...words]) {
    for (const text of sentences) {
      pattern.test(text)
      pattern.lastIndex = 0
    }
    await nextTurn()
  }
  for (const text of [...sentences, ...sentences]) {
    listen([{ who: 'caller', text }], { country: 'US', language: 'en' })
    await nextTurn()
  }
}
