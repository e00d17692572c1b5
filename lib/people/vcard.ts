import ICAL from 'ical.js'
import type { Person } from './contract.ts'

export type Card = { name: string; organisation: string | null; note: string | null; numbers: string[] }

const longestCard = 64 * 1024
const heavy = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/i

/** Whole cards out of lines; pictures are left out while they pass, so that one card never grows large. */
export async function* cardsOf(lines: AsyncIterable<string>): AsyncGenerator<string | null> {
  let card: string[] | null = null
  let length = 0
  let isHeavy = false
  for await (const line of lines) {
    if (/^\ufeff?\s*BEGIN:VCARD\s*$/i.test(line)) {
      if (card) yield null
      card = []
      length = 0
      isHeavy = false
      continue
    }
    if (!card) continue
    if (/^END:VCARD\s*$/i.test(line)) {
      yield length > longestCard ? null : card.join('\r\n')
      card = null
      continue
    }
    // Version 2.1 breaks its base64 without a blank at the beginning, so a picture ends where a property begins.
    if (isHeavy && (/^[ \t]/.test(line) || !/^[\w.-]+[;:]/.test(line))) continue
    isHeavy = heavy.test(line)
    if (isHeavy) continue
    length += line.length
    if (length <= longestCard) card.push(line)
  }
  if (card) yield null
}

type Property = [name: string, parameters: Record<string, unknown>, type: string, ...values: unknown[]]

/** What a card says of somebody to call; null when it names no number, and for what is no card. */
export function readCard(text: string): Card | null {
  let properties: Property[]
  try {
    const parsed: unknown = ICAL.parse(`BEGIN:VCARD\r\n${modernised(text)}\r\nEND:VCARD`)
    properties = (parsed as [string, Property[]])[1]
  } catch {
    return null
  }
  const all = (name: string) => properties.filter(property => property[0] === name).map(property => property[3])
  const organisation = clean(flat(all('org')[0]), 120)
  const name =
    clean(flat(all('fn')[0]), 120) ||
    clean(nameOf(all('n')[0]), 120) ||
    organisation ||
    clean(flat(all('nickname')[0]), 120)
  const numbers = all('tel')
    .map(value => clean(flat(value).replace(/^tel:/i, '').replace(/;.*$/, ''), 40))
    .filter(number => /\d/.test(number) && /^[+0-9a-zA-Z_.\-*# ()/]+$/.test(number))
  if (!name || numbers.length === 0) return null
  return {
    name,
    organisation: organisation || null,
    note: clean(flat(all('note')[0]), 2_000) || null,
    numbers: [...new Set(numbers)].slice(0, 30),
  }
}

function flat(value: unknown): string {
  if (Array.isArray(value))
    return value
      .flat()
      .filter(part => typeof part === 'string' && part !== '')
      .join(', ')
  // Version 3.0 escapes semicolons where the parser does not expect them.
  return typeof value === 'string' ? value.replace(/\\([;,\\])/g, '$1') : ''
}

/** `N` is family; given; additional; prefix; suffix. */
function nameOf(value: unknown): string {
  if (!Array.isArray(value)) return flat(value)
  const [family, given, additional, prefix, suffix] = value.map(flat)
  return [prefix, given, additional, family, suffix].filter(Boolean).join(' ')
}

function clean(text: string, longest: number): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g, ' ')
      .replace(/ {2,}/g, ' ')
      .trim()
      .slice(0, longest)
  )
}

/** Version 2.1, as telephones still export it, rewritten as 3.0: bare parameters get a name, quoted-printable is decoded. */
function modernised(text: string): string {
  const lines: string[] = []
  let isSoft = false
  for (const line of text.split('\r\n')) {
    if (isSoft) lines[lines.length - 1] = lines.at(-1)!.slice(0, -1) + line
    else lines.push(line)
    isSoft = /quoted-printable/i.test(lines.at(-1)!) && lines.at(-1)!.endsWith('=')
  }
  return lines
    .map(modernLine)
    .filter(line => line !== '')
    .join('\r\n')
}

function modernLine(line: string): string {
  if (/^[ \t]/.test(line)) return line
  const colon = line.indexOf(':')
  if (colon < 1) return ''
  const [name, ...parameters] = line.slice(0, colon).split(';')
  let value = line.slice(colon + 1)
  const kept: string[] = []
  for (const parameter of parameters) {
    if (/^(?:encoding=)?quoted-printable$/i.test(parameter)) value = fromQuotedPrintable(value, parameters)
    else if (/^charset=/i.test(parameter)) continue
    else if (/^[\w-]+$/.test(parameter)) kept.push(`TYPE=${parameter}`)
    else kept.push(parameter)
  }
  return `${[name, ...kept].join(';')}:${value}`
}

function fromQuotedPrintable(value: string, parameters: string[]): string {
  const charset = parameters.find(parameter => /^charset=/i.test(parameter))?.slice(8) ?? 'utf-8'
  const bytes = Buffer.from(
    value.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  try {
    return new TextDecoder(charset).decode(bytes).replace(/\r?\n/g, '\\n')
  } catch {
    return bytes.toString('utf8').replace(/\r?\n/g, '\\n')
  }
}

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')

/** Lines of at most 75 octets, as RFC 6350 folds them; a letter is never cut. */
function folded(line: string): string {
  let out = ''
  let width = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (width + size > 74) {
      out += '\r\n '
      width = 1
    }
    out += letter
    width += size
  }
  return out
}

/** A person as a vCard 3.0, which every telephone reads. */
export function writeCard(person: Person): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${escaped(person.name)};;;;`,
    `FN:${escaped(person.name)}`,
    ...(person.organisation ? [`ORG:${escaped(person.organisation)}`] : []),
    ...person.numbers.map(({ number }) => `TEL;TYPE=VOICE:${escaped(number)}`),
    ...(person.note ? [`NOTE:${escaped(person.note)}`] : []),
    `CATEGORIES:${person.trust}`,
    'END:VCARD',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
