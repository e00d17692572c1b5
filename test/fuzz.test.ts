import { globSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optionsOf, type RouteMark } from '#lib/http/index.ts'
import { patternOf } from '#server/routes.ts'
import { asking, bearer, type Person } from './asking.ts'

const { newChief, newUser, web } = asking()
const root = new URL('..', import.meta.url).pathname

/** They would end the very session that the others are tried with. */
const ending = new Set(['POST /auth/logout', 'POST /api/v1/sign-out', 'DELETE /api/v1/sessions'])

const routes: { method: string; pattern: string; options: RouteMark }[] = []
for (const file of globSync('app/**/route.ts', { cwd: root }).sort()) {
  if (file.startsWith('app/api/auth/')) continue
  const exports = (await import(join(root, file))) as Record<string, unknown>
  for (const method of Object.keys(exports)) {
    const pattern = patternOf(file)
    const options = optionsOf(exports[method])
    if (options && !ending.has(`${method} ${pattern}`)) routes.push({ method, pattern, options })
  }
}

const ids = [
  '1',
  '0',
  '-1',
  'abc',
  '1.5',
  '1e3',
  '99999999999999999999',
  '%00',
  '%F0%9F%A6%8A',
  "1'--",
  '..%2f1',
  'a'.repeat(500),
]
const queries = [
  '',
  '?limit=-1&after=x&before=x&cursor=%00&q=%25_%5C&search=%22%29&since=x&until=x&from=x&to=x&format=x&days=x',
  '?limit=9007199254740993&after=-1&before=0&cursor=bnVsbA&q=*&search=%22*%22&from=2026-99-99&to=0000-00-00&list=%27',
  '?limit=1&limit=2&q=a&q=b&page=-1&__proto__=x&constructor=x&lastEventId=NaN&recording=-1&ticket=x&keep=x',
]
const bodies = [
  undefined,
  '{}',
  '[]',
  'null',
  '{"__proto__":{},"constructor":null}',
  JSON.stringify(
    Object.fromEntries(
      ['name', 'numbers', 'ids', 'text', 'kind', 'events', 'url', 'hours', 'settings', 'email', 'preferences'].map(
        key => [key, [[]]],
      ),
    ),
  ),
  '\ud83e\udd8a'.repeat(100),
  'BEGIN:VCARD\r\nVERSION:9.9\r\nN:;;;;\r\nTEL;X=:\r\nEND:VCARD',
]

/** Values that some field somewhere takes, and that something further in may not expect. */
const odd: unknown[] = [
  ...['', ' ', 'x', 'all', '🦊', 'a'.repeat(300), "'; DROP TABLE users;--", '%', '\\', '*', '"', '<b>', '\u202e', '\n'],
  ...[
    '+49301234567',
    '+4930*',
    'anonymous',
    '0',
    '112',
    '100',
    'forward',
    'block',
    'voicemail',
    'ask_question',
    'take',
    'ask',
  ],
  ...[
    '2026-01-01',
    '2026-02-30',
    '24:00',
    '07:00',
    '2026-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    'Europe/Berlin',
    'en',
    'de',
  ],
  ...[
    'https://example.com/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
    'known',
    'phone',
    'try',
    'x@example.com',
    'Abcdefgh!j1k',
  ],
  ...[0, 1, -1, 0.5, 1e15, 2 ** 53, -(2 ** 63), 1e308, true, false, null],
  ...[[], {}, [1], [''], ['x'], ['+49301234567'], ['all'], [null], [[]], [{}], { x: 1 }],
  ...[
    [{ day: 1, from: '07:00', to: '18:00' }],
    [{ day: 9, from: '18:00', to: '07:00' }],
    [{ label: 'x', target: '100' }],
  ],
]

type Inside = { shape?: Record<string, unknown>; options?: unknown[]; unwrap?: () => unknown }

/** The fields that a schema knows, through optional, default and union. */
function fieldsOf(schema: unknown, depth = 0): string[] {
  const { shape, options, unwrap } = (schema ?? {}) as Inside
  if (shape) return Object.keys(shape)
  if (options) return [...new Set(options.flatMap(option => fieldsOf(option, depth + 1)))]
  return unwrap && depth < 5 ? fieldsOf(unwrap.call(schema), depth + 1) : []
}

/** Bodies of known fields with odd values, the same ones in every run. */
function oddBodies(schema: unknown): string[] {
  const fields = fieldsOf(schema)
  if (fields.length === 0) return []
  const one = fc.record(Object.fromEntries(fields.map(field => [field, fc.constantFrom(...odd)])), { requiredKeys: [] })
  const single = fields.flatMap(field => odd.map(value => ({ [field]: value })))
  return [...fc.sample(one, { numRuns: 60, seed: 7 }), ...single].map(value => JSON.stringify(value))
}

async function statusOf(method: string, path: string, person: Person, body?: string): Promise<string> {
  const init: RequestInit = { method, headers: { ...bearer(person.token), 'user-agent': 'x'.repeat(1000) } }
  if (body !== undefined && method !== 'GET') init.body = body
  const response = await fetch(web().url + path, init)
  // A stream would go on for ever; its beginning is enough.
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  const text = isStream ? '' : await response.text()
  if (isStream) await response.body?.cancel()
  return `${response.status} ${response.status >= 500 ? text : ''}`
}

describe('nonsense', () => {
  it.each(routes.map(route => [`${route.method} ${route.pattern}`, route] as const))(
    'never breaks %s',
    async (_, route) => {
      const { method, pattern } = route
      const chief = await newChief()
      const member = await newUser()
      const faults: string[] = []
      const paths = pattern.includes('[')
        ? ids.map(id => pattern.replace(/\[\.*\w+\]/g, id))
        : queries.map(query => pattern + query)
      for (const path of paths) {
        for (const body of method === 'GET' ? [undefined] : bodies) {
          for (const person of [chief, member]) {
            const status = await statusOf(method, path, person, body)
            // 503 is honest where something is not connected.
            if (/^5(?!03)/.test(status)) faults.push(`${path.slice(0, 120)} with ${body?.slice(0, 60)}: ${status}`)
          }
        }
      }
      expect(faults).toEqual([])
    },
  )

  const withBody = routes.filter(route => route.options.body && route.options.access !== 'public')
  it.each(withBody.map(route => [`${route.method} ${route.pattern}`, route] as const))(
    'in known fields never breaks %s',
    async (_, { method, pattern, options }) => {
      const chief = await newChief()
      const faults: string[] = []
      for (const body of oddBodies(options.body)) {
        const status = await statusOf(method, pattern.replace(/\[\.*\w+\]/g, '1'), chief, body)
        if (/^5(?!03)/.test(status)) faults.push(`${body.slice(0, 200)}: ${status}`)
      }
      expect(faults).toEqual([])
    },
    60_000,
  )
})
