import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseEnv } from '#lib/env.ts'

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8')
const names = Object.keys(parseEnv({})).filter(name => /^[A-Z_]+$/.test(name))
const optional = [...read('lib/env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name!)
const all = [...new Set([...names, ...optional])]

test.each(all)('%s is in .env.example and in the README', name => {
  expect(read('.env.example')).toMatch(new RegExp(`^#?${name}=`, 'm'))
  expect(read('README.md')).toContain(`\`${name}\``)
})

test('the example names nothing that does not exist, and its own values can be read', () => {
  const lines = read('.env.example')
    .split('\n')
    .flatMap(line => /^([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? [])
  const pairs = Object.fromEntries(
    Array.from({ length: lines.length / 2 }, (_, i) => [lines[2 * i]!, lines[2 * i + 1]!]),
  )
  expect(all).toEqual(expect.arrayContaining(Object.keys(pairs)))
  expect(() => parseEnv(pairs)).not.toThrow()
})
