/**
 * How words and numbers of calls are written into the search index and read out of a search: folded (no case, no
 * accents), cut at everything that is neither letter nor digit. Pure, and the same for both databases.
 */
const maxWords = 8
const maxWordLength = 40
const shortestTail = 3

/** `Zahnärztin Müller!` becomes `zahnarztin muller`. */
export function foldWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map(word => word.slice(0, maxWordLength))
}

/** Every tail of a number's digits, so that `30 123` finds `+49 30 1234567` from its beginning. */
export function numberTails(number: string): string[] {
  const digits = number.replace(/\D/g, '').slice(-24)
  if (digits.length < shortestTail) return digits ? [digits] : []
  return Array.from({ length: digits.length - shortestTail + 1 }, (_, i) => digits.slice(i))
}

export type Search = {
  /** Beginnings of words; all of them must occur. */
  words: string[]
  /** Digits that some number must contain, from any place on. */
  numbers: string[]
}

/** Reads what a person typed. Runs of digits, spaces and `+-/()` are one number; a leading 0 or 00 stands for a country or city code. */
export function readSearch(text: string): Search {
  const numbers: string[] = []
  const rest = text.replace(/[+(]?\d[\d\s()/.+-]*\d/g, found => {
    const digits = found.replace(/\D/g, '')
    if (digits.length < shortestTail) return found
    numbers.push(digits.replace(/^0{1,2}(?=\d{3})/, '').slice(0, 24))
    return ' '
  })
  return { words: foldWords(rest).slice(0, maxWords), numbers: numbers.slice(0, maxWords) }
}
