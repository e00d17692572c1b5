import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

// Who may import whom, as AGENTS.md has it. Paths are relative to the project; imports of types count, except for cycles.

const root = join(import.meta.dirname, '..')
const files = globSync('{agent,app,bin,db,lib,mobile,server,ui}/**/*.{ts,tsx}', { cwd: root })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => !/\.test\.tsx?$|\/testing\/|^mobile\/dist\//.test(file))

type Import = { from: string; to: string; isType: boolean }
const imports: Import[] = files.flatMap(importsOf)

/** `to` is a file of ours, or the name of a package. */
function importsOf(from: string): Import[] {
  const text = readFileSync(join(root, from), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')
  const found = text.matchAll(
    /\b(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map(([, type, plain, dynamic]) => ({
    from,
    to: resolveImport(from, (plain ?? dynamic)!),
    // A file that is only loaded when it is needed is no part of a cycle at start.
    isType: Boolean(type || dynamic),
  }))
}

function resolveImport(from: string, name: string): string {
  if (name.startsWith('#')) return name.slice(1)
  return name.startsWith('.') ? normalize(join(dirname(from), name)).replaceAll('\\', '/') : name
}

/** `lib/calls/repo.ts` lives in `lib/calls`, `lib/env.ts` in `lib`, `app/login/page.tsx` in `app`. */
function room(file: string): string {
  const [first, second, third] = file.split('/')
  return first === 'lib' && third ? `lib/${second}` : first!
}

/** What one noun may see of another: its door, and what it says goes in and out. */
const isDoor = (file: string) => /^lib\/[a-z]+\/(index|contract|events|readiness)\.ts$/.test(file)
const isOurs = (file: string) => /^(agent|app|bin|bench|db|e2e|lib|mobile|server|ui)\//.test(file)

function violations(isFrom: (file: string) => boolean, mayImport: (to: string, from: string) => boolean): string[] {
  return imports
    .filter(({ from, to }) => isFrom(from) && !mayImport(to, from))
    .map(({ from, to }) => `${from} -> ${to}`)
}

test('pages and routes see the screens and the doors of the domain', () => {
  const mayImport = (to: string) =>
    !isOurs(to) ||
    /^(app|ui|lib\/http)\//.test(to) ||
    isDoor(to) ||
    room(to) === 'lib' ||
    /^lib\/accounts\/(page|auth)\.ts$/.test(to) ||
    /^lib\/health\//.test(to)
  expect(violations(file => room(file) === 'app', mayImport)).toEqual([])
})

test('the screens see what goes in and out, and no framework', () => {
  const mayImport = (to: string) =>
    isOurs(to)
      ? /^ui\//.test(to) || /^lib\/[a-z]+\/(contract|events)\.ts$/.test(to)
      : !/^(next|next-auth|@capacitor)(\/|$)/.test(to)
  expect(violations(file => room(file) === 'ui' && !file.startsWith('ui/platform/'), mayImport)).toEqual([])
})

test('a noun sees the database, the shared files and the doors of other nouns', () => {
  const mayImport = (to: string, from: string) =>
    !isOurs(to) ||
    room(to) === room(from) ||
    room(to) === 'lib' ||
    room(to) === 'db' ||
    isDoor(to) ||
    isPort(to) ||
    room(to) === 'lib/http'
  const isPort = (to: string) => /^lib\/voice\/(ports|audio\/[a-z-]+)\.ts$/.test(to) || to === 'lib/accounts/actor.ts'
  expect(violations(file => /^lib\//.test(file) && !/^lib\/(telephony|voice)\//.test(file), mayImport)).toEqual([])
})

test('the conversation knows nothing of the house around it', () => {
  const isCore = (file: string) => /^lib\/voice\//.test(file) && !/^lib\/voice\/(adapters|models)\//.test(file)
  const mayImport = (to: string) =>
    isOurs(to) ? isCore(to) : !/^(next|react|drizzle-orm|node:(fs|net|http|child_process))/.test(to)
  expect(violations(isCore, mayImport)).toEqual([])
})

test('only repositories and the database speak SQL', () => {
  const isSpeaker = (file: string) =>
    /^db\//.test(file) || /\/repo(-[a-z-]+)?\.ts$|-repo\.ts$|\/(search|stats)[a-z-]*\.ts$/.test(file)
  expect(
    violations(
      file => !isSpeaker(file),
      to => !/^(drizzle-orm|better-sqlite3|pg)(\/|$)/.test(to),
    ),
  ).toEqual([])
})

test('nothing leans on the two processes or the programs', () => {
  const isProgram = (file: string) => ['server', 'agent', 'bin'].includes(room(file))
  expect(
    violations(
      file => !isProgram(file),
      to => !isProgram(to),
    ),
  ).toEqual([])
})

test('no route reaches a .tsx file: Node runs the same files', () => {
  const reached = new Set<string>()
  const walk = (file: string) => {
    if (reached.has(file)) return
    reached.add(file)
    for (const { from, to, isType } of imports) if (from === file && !isType && isOurs(to)) walk(to)
  }
  for (const file of files) if (file.endsWith('/route.ts')) walk(file)
  expect([...reached].filter(file => file.endsWith('.tsx'))).toEqual([])
})

test('no file imports itself by a detour', () => {
  const next = new Map<string, string[]>()
  for (const { from, to, isType } of imports) if (!isType && isOurs(to)) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (file: string, path: string[]) => {
    const at = path.indexOf(file)
    if (at >= 0) return void cycles.push([...path.slice(at), file].join(' -> '))
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) walk(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  expect(cycles).toEqual([])
})
