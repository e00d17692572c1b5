/**
 * What the service says, in another language. The English sentence is its own key: the catalogue holds it as the code
 * writes it, with `{0}`, `{1}` where values stand. In the other language `{0}` puts the value as it is (a name, a number,
 * somebody's own words) and `{0|said}` puts it in that language, for a value that is itself a phrase of the catalogue.
 * What is not in the catalogue - a model's words, a caller's - stays as it is.
 */
export type Sentences = Readonly<Record<string, string>>

type Pattern = { pieces: string[]; blanks: string[]; target: string }

const longest = 2_000
const mostKept = 500

export function createTranslator(sentences: Sentences): (text: string) => string {
  const patterns = Object.entries(sentences)
    .filter(([english]) => english.includes('{0}'))
    .map(([english, target]) => compile(english, target))
    // The sentence with most words of its own is the one that was meant.
    .sort((a, b) => wordsOf(b) - wordsOf(a))

  function translate(text: string, depth = 0): string {
    if (Object.hasOwn(sentences, text)) return sentences[text]!
    if (depth > 3 || text.length > longest) return text
    return translateAll(text) ?? translateBoth(text, depth) ?? translateOne(text, depth)
  }

  /** Phrases with commas between, all of them ours. */
  function translateAll(text: string): string | null {
    const phrases = text.split(', ')
    return phrases.length > 1 && phrases.every(phrase => Object.hasOwn(sentences, phrase))
      ? phrases.map(phrase => sentences[phrase]).join(', ')
      : null
  }

  /** Two sentences that follow each other, where both are ours: a stop inside a name parts nothing. */
  function translateBoth(text: string, depth: number): string | null {
    for (let stop = text.lastIndexOf('. '); stop > 0; stop = text.lastIndexOf('. ', stop - 1)) {
      const second = text.slice(stop + 2)
      if (!Object.hasOwn(sentences, second)) continue
      const first = text.slice(0, stop + 1)
      const said = translate(first, depth + 1)
      if (said !== first) return `${said} ${sentences[second]}`
    }
    return null
  }

  function translateOne(text: string, depth: number): string {
    for (const { pieces, blanks, target } of patterns) {
      const values = match(text, pieces)
      if (!values) continue
      return target.replace(/\{(\d)(\|said)?\}/g, (_, name: string, isSaid: string | undefined) => {
        const value = values[blanks.indexOf(name)] ?? ''
        return isSaid ? sayValue(value, depth + 1) : value
      })
    }
    return text
  }

  /** A value may be a phrase, or a sentence that lost its stop inside another. */
  function sayValue(value: string, depth: number): string {
    const whole = translate(value, depth)
    if (whole !== value) return whole
    const sentence = translate(`${value}.`, depth)
    return sentence === `${value}.` ? value : sentence.replace(/\.$/, '')
  }

  // A page says the same few sentences each time it is drawn.
  const kept = new Map<string, string>()
  return text => {
    const known = kept.get(text)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const said = translate(text)
    kept.set(text, said)
    return said
  }
}

function compile(english: string, target: string): Pattern {
  const parts = english.split(/\{(\d)\}/)
  return {
    pieces: parts.filter((_, i) => i % 2 === 0),
    blanks: parts.filter((_, i) => i % 2 === 1),
    target,
  }
}

const wordsOf = ({ pieces }: Pattern) => pieces.reduce((sum, piece) => sum + piece.length, 0)

/** The values between the pieces, or null. From left to right without going back, so that no text makes it slow. */
function match(text: string, pieces: readonly string[]): string[] | null {
  const first = pieces[0]!
  const last = pieces.at(-1)!
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return null
  const values: string[] = []
  const end = text.length - last.length
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const next = text.indexOf(piece, at)
    if (next < 0 || next + piece.length > end) return null
    values.push(text.slice(at, next))
    at = next + piece.length
  }
  values.push(text.slice(at, end))
  return values
}
