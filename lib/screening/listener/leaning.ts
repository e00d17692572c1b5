import { addConcepts } from './lexicon/concepts.ts'
import { bias, weights } from './lexicon/leaning.generated.ts'

/**
 * What a sentence leans to when no list knows its words: words, their beginnings and endings, pairs of them and what they
 * mean in either language, weighed by what the labelled calls showed (`npm run eval:train`). It hears "he went out at six and should have been back hours ago",
 * which names no harm. Features of folded text.
 */
export function featuresOf(text: string): Set<string> {
  const words = text.split(' ').filter(word => word !== '' && word !== '.')
  const features = new Set<string>()
  for (const [i, word] of words.entries()) {
    features.add(word)
    addConcepts(word, features)
    if (word.length > 5) features.add(`${word.slice(0, 5)}-`)
    if (word.length > 6) features.add(`-${word.slice(-4)}`)
    const next = words[i + 1]
    if (next !== undefined) features.add(`${word} ${next}`)
  }
  return features
}

/** From 0 (an ordinary matter) to 1 (somebody's need), were both as frequent. */
export function leaning(text: string): number {
  let sum = 0
  let known = 0
  for (const feature of featuresOf(text)) {
    const weight = Object.hasOwn(weights, feature) ? weights[feature] : undefined
    if (weight === undefined) continue
    sum += weight
    known += 1
  }
  // Few known words say little: a sentence of strangers is no need.
  return known < 4 ? 0 : 1 / (1 + Math.exp(-(sum / Math.sqrt(known) + bias)))
}
