import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Node, nodesOf } from '../../test/syntax.ts'
import { german, inGerman } from './index.ts'
import { createTranslator } from './translate.ts'

const root = join(import.meta.dirname, '..', '..')
const blanks = (text: string) => [...text.matchAll(/\{(\d)(?:\|said)?\}/g)].map(match => match[1]).sort()

describe('a sentence of the service', () => {
  test('is said in German with its values in their places', () => {
    expect(inGerman('Anna is a favourite and rings through.')).toBe('Anna ist Favorit und klingelt durch.')
    expect(inGerman('The number is on the block list "Spam" (+4930).')).toBe(
      'Die Nummer steht auf der Sperrliste „Spam“ (+4930).',
    )
    expect(inGerman('This looks like fraud: asks for gift cards, threatens.')).toBe(
      'Das sieht nach Betrug aus: verlangt Gutscheinkarten, droht.',
    )
  })

  test('may hold another, and may follow another', () => {
    expect(inGerman('It is urgent (a burst pipe), so the call is put through. No model was to be asked.')).toBe(
      'Es ist dringend (a burst pipe), deshalb wird durchgestellt. Es sollte kein Modell gefragt werden.',
    )
    expect(inGerman('The rule "Night. Watch" decides. The line has no destination, so a message is taken.')).toBe(
      'Die Regel „Night. Watch“ entscheidet. Der Anschluss hat kein Ziel, deshalb wird eine Nachricht aufgenommen.',
    )
    expect(inGerman('Call refused: Dr. Keller is blocked in People')).toBe(
      'Anruf abgewiesen: Dr. Keller ist unter Personen gesperrt',
    )
  })

  test("leaves a name, a rule's own words and a model's words as they are", () => {
    expect(inGerman('The rule "strangers" decides.')).toBe('Die Regel „strangers“ entscheidet.')
    expect(inGerman('threatens is known and the line is open.')).toBe(
      'threatens ist bekannt, und der Anschluss ist offen.',
    )
    for (const words of ['My card is blocked.', 'your appointment on Tuesday', '', '{0} is a favourite.'])
      expect(inGerman(words)).toBe(words)
    expect(inGerman('$& {1} <b> is a favourite and rings through.')).toBe('$& {1} <b> ist Favorit und klingelt durch.')
  })

  test('is found quickly in whatever anybody says', () => {
    const startedAt = performance.now()
    for (const text of [
      '. '.repeat(1_000),
      'The rule "'.repeat(200),
      ' is closed now: '.repeat(130),
      ', '.repeat(1_000),
    ])
      expect(inGerman(text)).toBe(text)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  test('with most words of its own wins over a more general one', () => {
    const say = createTranslator({
      '{0} answers.': '{0} antwortet.',
      'The house {0} answers.': 'Das Haus {0} antwortet.',
    })
    expect(say('The house 7 answers.')).toBe('Das Haus 7 antwortet.')
    expect(say('Anna answers.')).toBe('Anna antwortet.')
  })
})

describe('the catalogue', () => {
  test('fills the same blanks in both languages', () => {
    const different = Object.entries(german).filter(([english, said]) => blanks(english).join() !== blanks(said).join())
    expect(different.map(([english]) => english)).toEqual([])
  })

  test('has every sentence that the code says to a person at a screen', () => {
    const missing = files().flatMap(file =>
      sentencesIn(file)
        .filter(text => !isCovered(text))
        .map(text => `${file}: ${text}`),
    )
    expect(missing).toEqual([])
  })
})

/** Said at a terminal, in a log, on the telephone or to a program; never on a page. */
const elsewhere =
  /(?:\.test\.ts$|^lib\/(?:openapi|legacy|telephony\/(?!presence)|voice\/(?:phrases|contract|testing)|env\.ts|secrets\.ts|notify\/message\.ts|calls\/(?:compatible|testing)\.ts|screening\/questions\.ts|screening\/listener\/lexicon\/(?!fraud|sales)))/

const files = () =>
  globSync('{lib,app}/**/*.ts', { cwd: root })
    .filter(file => !elsewhere.test(file))
    .sort()

/** Said at a terminal by files that speak to pages too. */
const atTerminal = new Set([
  '{0} is no archive of the list. Say which model it is: --as NAME ({1}).',
  '{0} is not the archive that was expected: its sha256 is {1}.',
])

/** Sentences that are put together from pieces, which the catalogue has as a whole. */
const pieces = new Set([
  '{0}an integer',
  '{0}between 1 and 500',
  '{0}. {1}',
  '{0}, so the built-in listener decides.',
  '{0} speaks.{1}',
  'The models program ended with code {0}.{1}',
])
const isCovered = (text: string) =>
  Object.hasOwn(german, text) ||
  Object.hasOwn(german, `${text}.`) ||
  pieces.has(text) ||
  atTerminal.has(text) ||
  inGerman(text) !== text

/** The texts that an expression can be; blanks are numbered as the catalogue numbers them. */
function* textsOf(value: unknown): Generator<string> {
  const node = value as Node | null
  if (!node) return
  if (node.type === 'Literal' && typeof node.value === 'string') yield node.value
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as { value: { cooked: string } }[]
    yield quasis.map(({ value }, i) => value.cooked + (i < quasis.length - 1 ? `{${i}}` : '')).join('')
  }
  if (node.type === 'ConditionalExpression') yield* [...textsOf(node.consequent), ...textsOf(node.alternate)]
  if (node.type === 'LogicalExpression') yield* [...textsOf(node.left), ...textsOf(node.right)]
}

const saying = new Set([
  'AppError',
  'passed',
  'skipped',
  'hit',
  'sign',
  'refine',
  'regex',
  'min',
  'max',
  'int',
  'doing',
])
/** What fails as a job, whose sentence a page shows, throws plain errors. */
const job = { files: /^lib\/(?:models|backup)\//, saying: new Set(['Error', 'Final', 'Full', 'Refused', 'refuse']) }
const said = new Set(['trouble', 'reason', 'why', 'say', 'says', 'message', 'warning', 'advice', 'off', 'silent'])

function sentencesIn(file: string): string[] {
  const found = new Set<string>()
  for (const node of nodesOf(join(root, file))) {
    const spoken: unknown[] = []
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const callee = node.callee as { name?: string; property?: { name?: string } }
      const name = callee.name ?? callee.property?.name ?? ''
      if (saying.has(name) || (job.saying.has(name) && job.files.test(file)))
        spoken.push(...(node.arguments as unknown[]).slice(0, name === 'sign' ? 1 : 3))
    }
    if (node.type === 'Property' && said.has((node.key as { name?: string }).name ?? '')) spoken.push(node.value)
    for (const each of spoken)
      for (const text of textsOf(each)) if (/\p{L}{2,} \p{L}|\{\d\}.* \p{L}{2}/u.test(text)) found.add(text)
  }
  return [...found]
}
