import { forbiddenTarget, parseNumber } from '#lib/phone-number.ts'
import type { DigitRun } from './digits.ts'

const phoneCue =
  /\b(call|ring|reach|phone|mobile|cell|number|back|at|on|telefon|handy|mobil|nummer|erreich\w*|rueckruf|zurueck\w*|anrufen|unter|durchwahl)\b/g
/** Digits of another kind: what files, goods, money and machines are called by. */
const otherNumber = new RegExp(
  `\\b(?:${[
    'order|orders|reference|ref|case|file|docket|invoice|bill|receipt|account|ticket|policy|customer|client|member|membership|patient|student|tracking|parcel|package|shipment|confirmation|claim|serial|model|part|item|badge|employee|booking|reservation|flight|train|room|apartment|unit|suite|house|social|security|ssn|card|pin|(?<!area )code|passcode|password|id|zip|postal|licen[cs]e|plate|vin|registration|contract|permit|tax|vat|iban|routing|sort|meter|fax|price|quote|total|balance|amount|day|clock|badge|extension|measure|version|isbn|section|article',
    '(?:kunden|rechnungs?|auftrags?|bestell|vertrags?|sendungs?|paket|vorgangs?|akten|fall|schadens?|schaden|versicherungs?|policen?|mitglieds?|patienten|matrikel|personal|dienst|ausweis|konto|karten|steuer|zaehler|buchungs?|reservierungs?|ticket|service|serien|artikel|modell|referenz|zimmer|haus|bahn|zug|flug|liefer|sozialversicherungs?|faelligkeits?|belegs?|los|geheim|kenn|fax|lieferschein|angebots?|projekt|storno|antrags?)\\s?(?:nummer|nr|code|kennung|id)|aktenzeichen|geschaeftszeichen|rechnung|abrechnung|bestellung|auftrag|vertrag|konto|police|iban|bic|plz|postleitzahl|euro|dollars?|preis|summe|betrag|fax|kennung|kennwort|kennzeichen|zimmer|hausnummer',
  ].join('|')})\\b`,
  'g',
)
/** Only a telephone is spoken of like this. */
const surePhoneCue =
  /\b(?:(?:call|ring|phone|reach|text|contact|dial|get)(?:ing)? (?:(?:me|us|him|her|them|back|ed|please|again|hold of) )*(?:back )?(?:at|on|under)|(?:call|ring|phone|reach|text) (?:me|us|back)|(?:tele)?phone|mobile|cell(?:phone)?|(?:my|our|meine|unsere) (?:new |own |home |office |direct |private |neue |eigene )?(?:number|nummer)|call ?back|telefon\w*|handy\w*|mobil\w*|rueckruf\w*|zurueck\w*|erreich\w*|anrufen|ruf\w*|unter|durchwahl)\b/g
/** "... is your order number", said behind the digits. */
const namedAfter = new RegExp(
  `^(?:(?:is|was|ist|war|lautet|thats|this is|das ist) )?(?:the|your|my|our|his|her|die|das|ihre?|meine?|unsere?) ${otherNumber.source}`,
)
const correction =
  /\b(sorry|no|correction|i mean|rather|actually|nein|quatsch|korrektur|vielmehr|falsch|entschuldigung)\b/

/** Of somebody who says more numbers than this in one breath, the newest ones count. */
const mostRuns = 40

type Candidate = { digits: string; score: number }

export type Callback = { number?: string /** A premium number was named: nobody is to call it. */; isCostly: boolean }

/**
 * The number at which the caller wants to be called, in E.164 where it is a real one, else the digits as they were said.
 * A number may come in pieces, one a turn (`runsOfTurns` are the digits of each text); a later one corrects an earlier one.
 */
export function findCallback(
  texts: readonly string[],
  runsOfTurns: readonly (readonly DigitRun[])[],
  country: string,
  language: 'en' | 'de',
): Callback {
  const perTurn = runsOfTurns.map(runs => withCorrections(runs.slice(-mostRuns), country, language).filter(isPlain))
  const candidates: Candidate[] = []
  let open = ''
  let openScore = 0
  perTurn.forEach((runs, turn) => {
    for (const [i, run] of runs.entries()) {
      const isContinuing =
        i === 0 && open !== '' && run.startsTurn && !run.digits.startsWith('+') && !correction.test(run.before)
      const digits = withLast(isContinuing ? open + run.digits : run.digits, run, country, language)
      const score = (isContinuing ? openScore : 0) + scoreOf(run, digits, country, language) + turn * 0.1 + i * 0.01
      candidates.push({ digits, score })
      const isLast = i === runs.length - 1
      open = isLast && run.endsTurn ? digits : ''
      openScore = open ? cueScore(run) : 0
    }
    if (runs.length === 0 && texts[turn]!.trim().split(/\s+/).length > 3) open = ''
  })
  // Pauses within one turn cut a number too: neighbouring runs are tried together.
  perTurn.forEach((runs, turn) => {
    for (let i = 0; i + 1 < runs.length; i += 1) {
      const [first, second] = [runs[i]!, runs[i + 1]!]
      if (second.digits.startsWith('+') || correction.test(second.before)) continue
      const digits = first.digits + second.digits
      const isBegun = cueScore(first) > 0 || /^[+0]/.test(first.digits)
      const whole = normalise(digits, country, language)
      if (isBegun && second.gap <= 3 && whole.isPossible && !normalise(first.digits, country, language).isValid) {
        candidates.push({ digits, score: scoreOf(first, digits, country, language) - 0.5 + turn * 0.1 })
      }
    }
  })
  const best = candidates
    .filter(
      ({ digits, score }) => digits.replace('+', '').length >= 6 && digits.replace('+', '').length <= 15 && score > 0,
    )
    .sort((a, b) => b.score - a.score)[0]
  const number = best && normalise(best.digits, country, language).number
  const isCostly = number !== undefined && forbiddenTarget(number, country) !== null
  return { ...(number && !isCostly ? { number } : {}), isCostly }
}

/** "... oh one four no sorry oh one five oh": the last digits are said anew, and fit only where they make the number whole. */
function withCorrections(runs: readonly DigitRun[], country: string, language: 'en' | 'de'): DigitRun[] {
  const mended: DigitRun[] = []
  for (const run of runs) {
    const last = mended.at(-1)
    const digits = last && replaceEnd(last, run, country, language)
    if (last && digits) mended[mended.length - 1] = { ...last, digits, after: run.after, endsTurn: run.endsTurn }
    else mended.push(run)
  }
  return mended
}

function replaceEnd(first: DigitRun, second: DigitRun, country: string, language: 'en' | 'de'): string | undefined {
  const isNew = second.digits.length >= 7 || second.digits.startsWith('+')
  if (isNew || second.gap > 4 || first.digits.length < 6 || !correction.test(second.before)) return undefined
  const { length } = second.digits
  // As many digits as were said anew come first; a caller who broke off in the middle of a group said fewer before.
  const replaced = [length, ...Array.from({ length }, (_, i) => length - 1 - i)]
  const whole = replaced
    .filter(count => count <= first.digits.length - 3)
    .map(count => first.digits.slice(0, first.digits.length - count) + second.digits)
    .filter(digits => normalise(digits, country, language).isValid && isWholeLength(digits, country))
  return whole[0]
}

/** A number of which some digits are taken back ("oh one one, I mean oh one one two"), and nobody can say which, is not known any more. */
function isPlain(run: DigitRun, i: number, runs: readonly DigitRun[]): boolean {
  const next = runs[i + 1]
  const isTakenBack = next !== undefined && correction.test(next.before) && next.gap <= 4 && next.digits.length < 7
  const isTheRest = i > 0 && correction.test(run.before) && run.gap <= 4 && run.digits.length < 7
  return !isOtherNumber(run) && !isTakenBack && !isTheRest
}

/** The digits of a number that was begun at the very end of the last turn and is not complete. */
export function findOpenNumber(runsOfTurns: readonly (readonly DigitRun[])[], country: string): string | undefined {
  let open = ''
  for (const runs of runsOfTurns) {
    const last = runs.at(-1)
    if (!last?.endsTurn || isOtherNumber(last)) {
      open = ''
      continue
    }
    const isContinuing = open !== '' && runs.length === 1 && last.startsTurn
    const isBegun = isContinuing || last.startsTurn || beginCue.test(last.before)
    open = isBegun ? (isContinuing ? open : '') + last.digits : ''
  }
  const length = open.replace('+', '').length
  if (length < 3 || length > 12) return undefined
  const { isValid, isPossible } = normalise(open, country, country === 'DE' ? 'de' : 'en')
  return isValid || isPossible || length >= 10 ? undefined : open
}

/** A number is begun only where one was announced, or where the words are nothing but digits. */
const beginCue = /\b(?:number|nummer|call me|phone|reach|unter|telefon|handy|mobile|cell|vorwahl|area code)\b/

/** "... oh won ate to": the last word of a turn is its last digit when only that makes the number whole. */
function withLast(digits: string, { maybeLast }: DigitRun, country: string, language: 'en' | 'de'): string {
  if (maybeLast === undefined || normalise(digits, country, language).isValid) return digits
  return normalise(digits + maybeLast, country, language).isValid ? digits + maybeLast : digits
}

/** Where the last of these words stands, or -1. */
function lastOf(pattern: RegExp, text: string): number {
  let last = -1
  if (text === '') return last
  for (const { index } of text.matchAll(pattern)) last = index
  return last
}

/** Whether these digits are said to be those of a file, a price or a fax: the nearest word in front decides. */
function isOtherNumber({ before, after, isAmount }: DigitRun): boolean {
  if (isAmount || namedAfter.test(after) || notTheirs.test(before)) return true
  return lastOf(otherNumber, before) > lastOf(surePhoneCue, before)
}

/** The number that was dialled, or one that is not used any more. */
const notTheirs =
  /\b(?:(?:is|isnt|ist) (?:this|that|das|hier)(?: nicht)?(?: the| die)?(?: number| nummer)?|bin ich (?:da |hier )?(?:bei|unter|mit)(?: der)?|(?:dial\w*|gewaehlt|wollte|trying to (?:call|reach|dial)|meant to (?:call|dial))(?: \w+){0,2}|(?:old|previous|former|alte|fruehere|bisherige) (?:\w+ )?(?:number|nummer|one|handynummer)(?: \w+){0,3})$/

function cueScore(run: DigitRun): number {
  if (run.gap <= 4 && correction.test(run.before)) return 2.5
  return lastOf(phoneCue, run.before) >= 0 ? 2 : 0
}

/**
 * In North America a number has ten digits, or seven within a town, and a German mobile number ten behind its 0; anything
 * else has lost some or got too many.
 */
function isWholeLength(digits: string, country: string): boolean {
  if (/^(?:\+49|0049|0)1[567]/.test(digits)) return /^(?:\+49|0049|0)1[567]\d{8,9}$/.test(digits)
  return !/^(?:US|CA)$/.test(country) || /^(?:[+0]\d*|\d{6,7}|1?\d{10})$/.test(digits)
}

function scoreOf(run: DigitRun, digits: string, country: string, language: 'en' | 'de'): number {
  const length = digits.replace('+', '').length
  // Six digits that nobody announced are an amount or a date as often as a number.
  if (length < 6 || (length === 6 && cueScore(run) === 0)) return -1
  const { isValid, isPossible } = normalise(digits, country, language)
  // What may have lost its first digits, or had some of them taken back, is a number only when it is whole.
  if ((run.isCutOff || !isWholeLength(digits, country)) && !isValid) return -1
  return cueScore(run) + (isValid ? 3 : isPossible ? 2 : length >= 7 ? 1 : 0.5)
}

/** A number of the line's country, or of the language's when it is none there. */
function normalise(digits: string, country: string, language: 'en' | 'de') {
  const international = digits.startsWith('00') && digits.length > 9 ? `+${digits.slice(2)}` : digits
  const countries = [country, ...(language === 'de' ? ['DE'] : []), ...(digits.startsWith('0') ? ['DE', 'GB'] : [])]
  const home = parseNumber(international, country)
  for (const [i, candidate] of (language === 'de' ? [...new Set(countries)] : [country]).entries()) {
    const parsed = i === 0 ? home : parseNumber(international, candidate)
    if (parsed?.isValid()) return { number: parsed.number as string, isValid: true, isPossible: true }
  }
  const isPlausible =
    home?.isPossible() === true && !home.nationalNumber.startsWith('0') && isWholeLength(international, country)
  return { number: isPlausible ? (home.number as string) : international, isValid: false, isPossible: isPlausible }
}
