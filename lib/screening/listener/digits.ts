import { fold } from './fold.ts'

/** A run of digits as it was said, with the eight words before it, and how many words part it from the run before. */
export type DigitRun = { digits: string; before: string; gap: number; startsTurn: boolean; endsTurn: boolean }

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
  'dash hyphen minus strich bindestrich slash schraegstrich space dot point punkt and und then dann um uh er aeh aehm the die klammer area code vorwahl komma comma'.split(
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
  if (isInRun && (word === 'thousand' || word === 'tausend')) return { digits: '000', isWeak: false, used: 1 }
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
  const token = readToken(words, at, false)
  return (token !== null && !token.isWeak) || (single[next] !== undefined && next !== 'ein')
}

/** Every run of digits in one turn, spoken or written, in English and German. */
export function findDigitRuns(text: string): DigitRun[] {
  // "030-123 45/67" is one number; a full stop between digits is not a new one either.
  const words = fold(text).split(' ').filter(Boolean)
  const runs: DigitRun[] = []
  let digits = ''
  let start = 0
  let end = 0
  let lastEnd = 0
  const close = () => {
    if (digits.replace('+', '').length > 0) {
      runs.push({
        digits,
        before: words.slice(Math.max(0, start - 8), start).join(' '),
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
    const token = readToken(words, at, digits !== '')
    const isTaken =
      token &&
      (!token.isWeak ||
        isFollowedByDigit(words, at + token.used) ||
        (digits.length >= 4 && words[at] !== 'to' && words[at] !== 'for' && words[at] !== 'too'))
    if (token && isTaken) {
      if (digits === '') start = at
      if (token.digits.startsWith('+') && digits !== '') {
        close()
        start = at
      }
      digits += token.digits
      at += token.used
      end = at
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
  return findDigitRuns(text)
    .map(run => run.digits.replace('+', ''))
    .join(' ')
}
