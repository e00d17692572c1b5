import { parseNumber } from '#lib/phone-number.ts'
import { type DigitRun, findDigitRuns } from './digits.ts'

const phoneCue =
  /\b(call|ring|reach|phone|mobile|cell|number|back|at|on|telefon|handy|mobil|nummer|erreich\w*|rueckruf|zurueck\w*|anrufen|unter|durchwahl)\b/
const otherNumberCue =
  /\b(order|reference|ref|case|invoice|account|ticket|policy|customer|tracking|confirmation|claim|serial|badge|employee|booking|social|security|card|kunden\s?nummer|rechnungs?\s?nummer|auftrags\s?nummer|bestell\s?nummer|vertrags\s?nummer|sendungs\s?nummer|aktenzeichen|vorgangs\s?nummer|iban|konto\w*|plz|postleitzahl|euro|dollars?|price|badge|dienst\s?nummer)\b/
const correction =
  /\b(sorry|no|correction|i mean|rather|actually|nein|quatsch|korrektur|vielmehr|falsch|entschuldigung)\b/

type Candidate = { digits: string; score: number }

/**
 * The number at which the caller wants to be called, in E.164 where it is a real one, else the digits as they were said.
 * A number may come in pieces, one a turn; a later one corrects an earlier one.
 */
export function findCallback(texts: readonly string[], country: string, language: 'en' | 'de'): string | undefined {
  const perTurn = texts.map(findDigitRuns)
  const candidates: Candidate[] = []
  let open = ''
  let openScore = 0
  perTurn.forEach((runs, turn) => {
    for (const [i, run] of runs.entries()) {
      const isContinuing =
        i === 0 && open !== '' && run.startsTurn && !run.digits.startsWith('+') && !correction.test(run.before)
      const digits = isContinuing ? open + run.digits : run.digits
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
  return best && normalise(best.digits, country, language).number
}

/** The digits of a number that was begun at the very end of the last turn and is not complete. */
export function findOpenNumber(texts: readonly string[], country: string): string | undefined {
  let open = ''
  for (const text of texts) {
    const runs = findDigitRuns(text)
    const last = runs.at(-1)
    if (!last?.endsTurn || otherNumberCue.test(last.before)) {
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

function cueScore(run: DigitRun): number {
  return (phoneCue.test(run.before) ? 2 : 0) - (otherNumberCue.test(run.before) ? 4 : 0)
}

function scoreOf(run: DigitRun, digits: string, country: string, language: 'en' | 'de'): number {
  const length = digits.replace('+', '').length
  if (length < 6) return -1
  const { isValid, isPossible } = normalise(digits, country, language)
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
  const isPlausible = home?.isPossible() === true && !home.nationalNumber.startsWith('0')
  return { number: isPlausible ? (home.number as string) : international, isValid: false, isPossible: isPlausible }
}
