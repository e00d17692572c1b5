import { fold } from './fold.ts'

/** A run of digits as it was said, with the words around it (none of another run), and how many words part it from the run before. */
export type DigitRun = {
  digits: string
  before: string
  after: string
  gap: number
  startsTurn: boolean
  endsTurn: boolean
  /** Said with "thousand", or with a currency or unit behind it: an amount. */
  isAmount: boolean
  /** The word in front may be a digit that was misheard ("to", "oh"): the number may have begun before. */
  isCutOff: boolean
  /** The digit that the last word of the turn may stand for ("to", "for"), when it follows these. */
  maybeLast?: string
}

const single: Record<string, string> = {
  zero: '0',
  oh: '0',
  o: '0',
  nought: '0',
  naught: '0',
  null: '0',
  one: '1',
  eins: '1',
  ein: '1',
  two: '2',
  zwei: '2',
  zwo: '2',
  three: '3',
  drei: '3',
  four: '4',
  vier: '4',
  five: '5',
  fuenf: '5',
  funf: '5',
  six: '6',
  sechs: '6',
  seven: '7',
  sieben: '7',
  eight: '8',
  acht: '8',
  nine: '9',
  niner: '9',
  neun: '9',
}
const teens: Record<string, string> = {
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  seventeen: '17',
  eighteen: '18',
  nineteen: '19',
  zehn: '10',
  elf: '11',
  zwoelf: '12',
  dreizehn: '13',
  vierzehn: '14',
  fuenfzehn: '15',
  sechzehn: '16',
  siebzehn: '17',
  achtzehn: '18',
  neunzehn: '19',
}
const tens: Record<string, string> = {
  twenty: '2',
  thirty: '3',
  forty: '4',
  fourty: '4',
  fifty: '5',
  sixty: '6',
  seventy: '7',
  eighty: '8',
  ninety: '9',
  zwanzig: '2',
  dreissig: '3',
  vierzig: '4',
  fuenfzig: '5',
  sechzig: '6',
  siebzig: '7',
  achtzig: '8',
  neunzig: '9',
}
/** Only between other digits: what a recogniser makes of two, four, eight, one, six. */
const homophones: Record<string, string> = {
  to: '2',
  too: '2',
  for: '4',
  fore: '4',
  ate: '8',
  won: '1',
  sex: '6',
  tree: '3',
  owe: '0',
}
/** Those that are hardly ever followed by a digit when they mean themselves: a number may begin with them. */
const openers = new Set(['too', 'won', 'ate', 'tree', 'oh', 'o'])
const repeats: Record<string, number> = {
  double: 2,
  doppel: 2,
  doppelt: 2,
  zweimal: 2,
  triple: 3,
  treble: 3,
  dreimal: 3,
  viermal: 4,
}
const bridges = new Set(
  'dash hyphen minus strich bindestrich slash schraegstrich space dot point punkt and und then dann um uh er aeh aehm the die klammer komma comma'.split(
    ' ',
  ),
)

/** `einundzwanzig` is 21, `dreiundvierzig` 43. */
function germanCompound(word: string): string | null {
  const found =
    /^(ein|zwei|zwo|drei|vier|fuenf|sechs|sieben|acht|neun)und(zwanzig|dreissig|vierzig|fuenfzig|sechzig|siebzig|achtzig|neunzig)$/.exec(
      word,
    )
  return found ? `${tens[found[2]!]}${single[found[1]!]}` : null
}

const magnitudes = /^(?:thousand|tausend|million|millionen|billion|milliarden?)$/
/** What follows a count of something. */
const units =
  /^(?:thousand|tausend|hundred|hundert|million\w*|grand|dollars?|bucks|cents?|euros?|eur|usd|pounds?|francs?|franken|percent|prozent|points?|punkte|miles?|kilomet\w+|km|meters?|metres?|square|quadrat\w*|feet|years?|jahre?n?|days?|tagen?|weeks?|wochen|months?|monaten?|hours?|stunden?|minutes?|minuten|people|customers?|kunden|homes|households|times|mal|pieces?|stueck|uhr|oclock|am|pm|kilowatt\w*|kwh)$/

type Token = { digits: string; isWeak: boolean; used: number }

function readToken(words: readonly string[], at: number, isInRun: boolean): Token | null {
  const word = words[at]!
  const next = words[at + 1]
  if (/^\+?\d+$/.test(word)) return { digits: word, isWeak: false, used: 1 }
  if (word === 'plus' && next !== undefined && next !== 'plus') {
    const after = readToken(words, at + 1, true)
    if (after && !after.isWeak && !after.digits.startsWith('+'))
      return { digits: `+${after.digits}`, isWeak: false, used: after.used + 1 }
  }
  const times = repeats[word]
  if (times !== undefined) {
    const skip = next === 'die' || next === 'the' || next === 'eine' ? 2 : 1
    const repeated =
      single[words[at + skip] ?? ''] ?? (/^\d$/.test(words[at + skip] ?? '') ? words[at + skip] : undefined)
    return repeated ? { digits: repeated.repeat(times), isWeak: false, used: skip + 1 } : null
  }
  const ten = tens[word]
  if (ten !== undefined) {
    const unit = next === undefined ? undefined : single[next]
    if (unit !== undefined && unit !== '0' && /^(one|two|three|four|five|six|seven|eight|nine)$/.test(next!)) {
      return { digits: `${ten}${unit}`, isWeak: false, used: 2 }
    }
    return { digits: `${ten}0`, isWeak: false, used: 1 }
  }
  if (isInRun && (word === 'hundred' || word === 'hundert')) return { digits: '00', isWeak: false, used: 1 }
  if (isInRun && magnitudes.test(word)) return { digits: '000', isWeak: false, used: 1 }
  const plain = teens[word] ?? germanCompound(word)
  if (plain) return { digits: plain, isWeak: false, used: 1 }
  const digit = single[word]
  if (digit !== undefined) return { digits: digit, isWeak: word === 'o' || word === 'ein' || word === 'oh', used: 1 }
  if (isInRun && homophones[word] !== undefined) return { digits: homophones[word]!, isWeak: true, used: 1 }
  return null
}

/** A weak word ("to", "oh") counts only when a real digit stands on its other side. */
function isFollowedByDigit(words: readonly string[], at: number): boolean {
  const next = words[at]
  if (next === undefined) return false
  if (homophones[next] !== undefined && at < words.length - 1) return isFollowedByDigit(words, at + 1)
  const token = readToken(words, at, false)
  return (token !== null && !token.isWeak) || (single[next] !== undefined && next !== 'ein')
}

/** How many words say that an area code follows the number it belongs before ("..., area code two oh two"), or 0. */
function wordsOfAreaCode(words: readonly string[], at: number): number {
  const found = /^(?:(?:the|with|and|mit|die|in|und) )?(?:area code|vorwahl)(?: (?:is|of|ist))?(?= )/.exec(
    words.slice(at, at + 5).join(' '),
  )
  const used = found ? found[0].split(' ').length : 0
  return used > 0 && isFollowedByDigit(words, at + used) ? used : 0
}

/** "Too oh too five" begins with a two: nothing but misheard digits stands between it and a real one. */
function readOpener(words: readonly string[], at: number): Token | null {
  const word = words[at]!
  if (!openers.has(word)) return null
  let next = at + 1
  while (next < at + 4 && mayBeDigit(words[next])) next += 1
  const after = next > at + 1 && next < words.length ? readToken(words, next, false) : null
  return after && !after.isWeak ? { digits: homophones[word] ?? '0', isWeak: false, used: 1 } : null
}

const mayBeDigit = (word: string | undefined) =>
  word !== undefined && (Object.hasOwn(homophones, word) || word === 'oh' || word === 'o')

/** Dates, times of day and sums of money are written with digits too. */
function withoutDates(text: string): string {
  return text
    .replace(/(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?![\d./-]*\d)/g, ' day ')
    .replace(/(?<![\d./-])(?:19|20)\d\d-\d\d-\d\d(?!-?\d)/g, ' day ')
    .replace(/(?<![\d:])\d{1,2}:\d\d(?![\d:])/g, ' clock ')
    .replace(/[$€£]\s*(?=\d)/g, ' amount ')
    .replace(/(?<=\d)\s*[%€$£]/g, ' percent ')
}

/** Every run of digits in one turn, spoken or written, in English and German. */
export function findDigitRuns(text: string): DigitRun[] {
  // "030-123 45/67" is one number; a full stop between digits is not a new one either.
  const words = fold(withoutDates(text)).split(' ').filter(Boolean)
  const runs: DigitRun[] = []
  let digits = ''
  /** A number whose area code is being said after it. */
  let local = ''
  let start = 0
  let end = 0
  let lastEnd = 0
  const close = () => {
    digits = /^\d{2,5}$/.test(digits) ? digits + local : local + digits
    local = ''
    if (digits.replace('+', '').length > 0) {
      const maybeLast = end === words.length - 1 ? homophones[words[end]!] : undefined
      runs.push({
        ...(maybeLast ? { maybeLast } : {}),
        digits,
        before: words.slice(Math.max(0, start - 8, lastEnd), start).join(' '),
        after: words.slice(end, end + 5).join(' '),
        isAmount:
          units.test(words[end] ?? '') ||
          words[start - 1] === 'amount' ||
          words.slice(start, end).some(w => magnitudes.test(w)),
        isCutOff: start > lastEnd && mayBeDigit(words[start - 1]),
        gap: start - lastEnd,
        startsTurn: start <= 2,
        endsTurn: words.length - end <= 1,
      })
    }
    if (digits !== '') lastEnd = end
    digits = ''
  }
  let at = 0
  while (at < words.length) {
    const token = readToken(words, at, digits !== '') ?? readOpener(words, at)
    const isTaken =
      token &&
      (!token.isWeak ||
        isFollowedByDigit(words, at + token.used) ||
        (digits.length >= 4 && words[at] !== 'to' && words[at] !== 'for' && words[at] !== 'too') ||
        (digits.length === 3 &&
          words[at] === 'oh' &&
          !/^(?:sorry|no|god|my|dear|wait|well|i|its)$/.test(words[at + 1] ?? '')))
    if (token && isTaken) {
      if (digits === '' && local === '') start = at
      if (token.digits.startsWith('+') && digits !== '') {
        close()
        start = at
      }
      digits += token.digits
      at += token.used
      end = at
      continue
    }
    const areaCode = /^[1-9]\d{4,7}$/.test(digits) ? wordsOfAreaCode(words, at) : 0
    if (areaCode > 0) {
      local = digits
      digits = ''
      at += areaCode
      continue
    }
    const isBridge = digits !== '' && bridges.has(words[at]!) && isFollowedByDigit(words, at + 1)
    const isLongBridge =
      digits !== '' && bridges.has(words[at]!) && bridges.has(words[at + 1] ?? '') && isFollowedByDigit(words, at + 2)
    if (!isBridge && !isLongBridge) close()
    at += 1
  }
  close()
  return runs
}

/** All digits of a text in the order they were said. */
export function saidDigits(text: string): string {
  return digitsOf(findDigitRuns(text))
}

export function digitsOf(runs: readonly DigitRun[]): string {
  return runs.map(run => run.digits.replace('+', '')).join(' ')
}
