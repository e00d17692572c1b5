import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodesOf } from '../../test/syntax.ts'
import { createStrings } from './catalogue.tsx'
import { de } from './de/index.ts'
import { en } from './en/index.ts'

const root = join(import.meta.dirname, '..', '..')
const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()

test('every language has every text, with the same blanks to fill', () => {
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort())
  const different = Object.entries(en).filter(
    ([key, text]) => blanks(de[key as keyof typeof de]).join() !== blanks(text).join(),
  )
  expect(different.map(([key]) => key)).toEqual([])
})

test('no text is empty', () => {
  const all = [...Object.entries(en), ...Object.entries(de)]
  expect(all.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
})

test('blanks are filled and plurals are chosen in each language', () => {
  expect(createStrings('en', en).t('call.label', { who: 'Anna {who}' })).toBe('Call from Anna {who}')
  expect(createStrings('en', en).tn('nav.unread', 1)).toBe('1 unread call')
  expect(createStrings('de', de).tn('nav.unread', 1200)).toBe('1.200 ungelesene Anrufe')
})

/** Attributes that a person hears or reads. */
const spoken = new Set([
  'title',
  'alt',
  'placeholder',
  'label',
  'hint',
  'lead',
  'aria-label',
  'aria-valuetext',
  'action',
])
const hasWord = (text: string) => /\p{L}{2,}/u.test(text)

function textsOf(file: string): string[] {
  const texts: string[] = []
  for (const node of nodesOf(join(root, file))) {
    if (node.type === 'JSXText') texts.push(String(node.value).trim())
    if (node.type === 'JSXAttribute') {
      const { name, value } = node as unknown as {
        name: { name: unknown }
        value: { type: string; value: unknown } | null
      }
      if (spoken.has(String(name.name)) && value?.type === 'Literal') texts.push(String(value.value))
    }
  }
  return texts.filter(hasWord)
}

/** Commands and samples that are the same in every language. */
const untranslated = new Set(['npm run asterisk-config', '+49 30 1234567', '+49 30', 'qwen3:4b'])

test('no text that a person reads stands outside the catalogues', () => {
  const files = globSync('{ui,app}/**/*.tsx', { cwd: root })
  expect(files.length).toBeGreaterThan(40)
  const outside = files.flatMap(file =>
    textsOf(file)
      .filter(text => !untranslated.has(text))
      .map(text => `${file}: ${text}`),
  )
  expect(outside).toEqual([])
})

const areas = Object.entries(
  import.meta.glob<Record<string, Record<string, string>>>('./en/*.ts', { eager: true }),
).flatMap(([file, module]) => {
  const name = /([a-z]+)\.ts$/.exec(file)?.[1] ?? ''
  return name === 'index' || name === 'common' ? [] : [{ name, keys: Object.keys(module[name] ?? {}) }]
})

/** The keys that a file asks for, also by a template (`trust.${...}`) and by the base of a plural. */
function areasUsed(source: string): string[] {
  const literals = new Set([...source.matchAll(/'([a-z_]+\.[A-Za-z_.:]+)'/g)].map(match => match[1]))
  const beginnings = [...source.matchAll(/\bt\(\s*`([a-z_.]+)\$\{/g)].map(match => match[1] ?? '')
  return areas
    .filter(({ keys }) =>
      keys.some(
        key =>
          literals.has(key) ||
          literals.has(key.replace(/_(one|other)$/, '')) ||
          beginnings.some(beginning => key.startsWith(beginning)),
      ),
    )
    .map(({ name }) => name)
}

test('a file that uses the texts of an area brings them along', () => {
  const files = globSync('{ui,app}/**/*.{ts,tsx}', { cwd: root }).filter(
    file => !file.includes('strings/') && !file.includes('.test.') && !/titled.ts$|page.tsx$/.test(file),
  )
  const missing = files.flatMap(file => {
    const source = readFileSync(join(root, file), 'utf8')
    return areasUsed(source)
      .filter(area => !source.includes(`strings/areas/${area}.ts'`))
      .map(area => `${file}: ${area}`)
  })
  expect(missing).toEqual([])
})
