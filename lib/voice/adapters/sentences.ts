import type { Language } from '../ports.ts'

const textLimit = 2000
const pieceLimit = 160
const wordLimit = 40

const words: Record<Language, [RegExp, string][]> = {
  en: [
    [/&/g, ' and '],
    [/%/g, ' percent'],
    [/€/g, ' euros'],
    [/@/g, ' at '],
  ],
  de: [
    [/&/g, ' und '],
    [/%/g, ' Prozent'],
    [/€/g, ' Euro'],
    [/@/g, ' ät '],
  ],
}

/**
 * Text as a voice can say it: one line, no mark-up, no emoji, no control characters, no word longer than a mouth can manage.
 * What a model or a caller wrote goes through here, so nothing in it is believed.
 */
export function speakable(text: string, language: Language): string {
  let plain = text
    .slice(0, textLimit)
    .normalize('NFC')
    .replace(/[‘’‚′`´]/g, "'")
    .replace(/[“”„«»"]/g, '')
    .replace(/[–—]/g, ', ')
    .replace(/…/g, '.')
    .replace(/<[^<>]{0,100}>/g, ' ')
    .replace(/[*_#~|<>[\]{}\\^=]/g, ' ')
  for (const [pattern, word] of words[language]) plain = plain.replace(pattern, word)
  return plain
    .replace(/[^\p{L}\p{M}\p{N}\p{Zs}\n.,;:!?'()/+-]/gu, ' ')
    .replace(/([.,;:!?])\1+/g, '$1')
    .replace(/\s*\n\s*/g, '. ')
    .replace(new RegExp(`([^\\s]{${wordLimit}})(?=[^\\s])`, 'g'), '$1 ')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Cuts `speakable` text into pieces that are spoken one after the other: at the ends of sentences, and inside long sentences
 * at commas, so that the first sound never waits for a long sentence to be finished.
 */
export function sentences(text: string): string[] {
  const ends = text.split(/(?<=[.!?])\s+(?=[\p{L}\p{N}'(+])/u)
  // "Dr. Miller", "e.g. now", "No. 5": too short to be a sentence of its own, so it goes with what follows
  const whole: string[] = []
  for (const part of ends) {
    const before = whole.at(-1)
    if (before !== undefined && /(^|\s)(\p{Lu}\p{L}{0,2}|[ez]\.[gB]|No|Nr|St|Tel|ca|bzw)\.$/u.test(before)) {
      whole[whole.length - 1] = `${before} ${part}`
    } else whole.push(part)
  }
  const pieces = whole.flatMap(cutLong).filter(piece => /[\p{L}\p{N}]/u.test(piece))
  return [...cutFirst(pieces[0] ?? ''), ...pieces.slice(1)]
}

/** The caller waits for the first piece alone: a long one is begun with its first words up to a comma. */
function cutFirst(piece: string): string[] {
  if (piece === '') return []
  const comma = piece.indexOf(', ', 24)
  return piece.length > 80 && comma > 0 && comma < 80 ? [piece.slice(0, comma + 1), piece.slice(comma + 2)] : [piece]
}

function cutLong(sentence: string): string[] {
  const pieces: string[] = []
  let rest = sentence
  while (rest.length > pieceLimit) {
    const window = rest.slice(0, pieceLimit)
    const comma = Math.max(window.lastIndexOf(', '), window.lastIndexOf('; '), window.lastIndexOf(': '))
    const at = comma > 40 ? comma + 1 : window.lastIndexOf(' ')
    const cut = at > 0 ? at : pieceLimit
    pieces.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  if (rest) pieces.push(rest)
  return pieces
}

/** flite reads bytes, not letters: accents are taken off, and what has no Latin letter is left out. */
export function toAscii(text: string): string {
  return text
    .replace(/ß/g, 'ss')
    .replace(/[Øø]/g, 'o')
    .replace(/[Łł]/g, 'l')
    .replace(/[Ææ]/g, 'ae')
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
}
