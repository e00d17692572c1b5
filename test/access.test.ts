import { globSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSigner } from 'fast-jwt'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '#db/open.ts'
import type { Scope } from '#lib/accounts/actor.ts'
import { database } from '#lib/database.ts'
import { optionsOf, type RouteMark } from '#lib/http/index.ts'
import { now } from '#lib/instant.ts'
import { patternOf } from '#server/routes.ts'
import { asking, bearer, jwtSecret, type Person, password } from './asking.ts'

const { ask, newChief, newUser, signInBrowser, web } = asking()
const root = new URL('..', import.meta.url).pathname

type Entry = { method: string; pattern: string; options: RouteMark }
const entries: Entry[] = []
const unmarked: string[] = []
for (const file of globSync('app/**/route.ts', { cwd: root }).sort()) {
  if (file.startsWith('app/api/auth/')) continue // next-auth's own
  const exports = (await import(join(root, file))) as Record<string, unknown>
  for (const [method, route] of Object.entries(exports)) {
    const options = optionsOf(route)
    if (options) entries.push({ method, pattern: patternOf(file), options })
    else if (/^[A-Z]+$/.test(method)) unmarked.push(`${method} ${file}`)
  }
}
const closed = entries.filter(entry => entry.options.access === 'user' || entry.options.access === 'admin')

let owner: Person
let stranger: Person
beforeAll(async () => {
  await newChief()
  ;[owner, stranger] = [await newUser('owner'), await newUser('stranger')]
})

/** The status of a request without a body: who may come in is decided before a body is read. */
async function statusOf({ method, pattern }: Entry, headers: Record<string, string>): Promise<number> {
  const path = pattern.replace(/\[\.*\w+\]/g, '1')
  const response = await fetch(web().url + path, { method, headers })
  await response.body?.cancel()
  return response.status
}

async function statuses(of: Entry[], headers: Record<string, string>): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const entry of of) found[`${entry.method} ${entry.pattern}`] = await statusOf(entry, headers)
  return found
}

const all = (of: Entry[], status: number) =>
  Object.fromEntries(of.map(entry => [`${entry.method} ${entry.pattern}`, status]))

describe('every route', () => {
  it('is made by the one handler', () => {
    expect(unmarked).toEqual([])
    expect(closed.length).toBeGreaterThan(50)
  })

  it('that is not public refuses whoever names nobody', async () => {
    expect(await statuses(closed, {})).toEqual(all(closed, 401))
  })

  it.each<[string, Record<string, string>]>([
    ['a wrong token', { authorization: 'Bearer abc.def.ghi' }],
    ['a wrong scheme', { authorization: 'Basic YTpi' }],
    ['a wrong key', { 'x-api-key': `aisk_${'A'.repeat(43)}` }],
    ['a wrong cookie', { cookie: 'authjs.session-token=eyJhbGciOiJkaXIifQ..x.y.z' }],
  ])('refuses %s, also where signing in is optional', async (_, headers) => {
    const guarded = entries.filter(entry => entry.options.access !== 'public')
    expect(await statuses(guarded, headers)).toEqual(all(guarded, 401))
  })

  it('refuses tokens, keys and cookies of somebody who was deactivated', async () => {
    const gone = await newUser()
    const browser = await signInBrowser(gone.name)
    const chief = await ask('POST', '/auth/login', { username: 'chief', password })
    await ask('PATCH', `/api/v1/users/${gone.id}`, { isActive: false }, bearer(chief.json.token))
    expect(await statuses(closed, bearer(gone.token))).toEqual(all(closed, 401))
    expect(await statuses(closed, { 'x-api-key': gone.key })).toEqual(all(closed, 401))
    expect(await statuses(closed, { cookie: browser.cookie, origin: web().url })).toEqual(all(closed, 401))
  })

  it('refuses a token whose session ended and a key that was revoked', async () => {
    const gone = await newUser()
    const made = await ask('POST', '/api/v1/keys', { name: 'k', scopes: ['all'], password }, bearer(gone.token))
    await ask('DELETE', `/api/v1/keys/${made.json.id}`, undefined, bearer(gone.token))
    await ask('POST', '/auth/logout', undefined, bearer(gone.token))
    expect(await statuses(closed, { 'x-api-key': made.json.key })).toEqual(all(closed, 401))
    expect(await statuses(closed, bearer(gone.token))).toEqual(all(closed, 401))
  })

  it('refuses a token of the first service, but for the compatible endpoints', async () => {
    const exp = Math.floor(Date.now() / 1000) + 3600
    const token = createSigner({ key: jwtSecret, algorithm: 'HS256', noTimestamp: true })({
      user_id: stranger.id,
      username: stranger.name,
      exp,
    })
    const found = await statuses(closed, bearer(token))
    const open = closed.filter(entry => found[`${entry.method} ${entry.pattern}`] !== 401)
    expect(open.map(entry => `${entry.method} ${entry.pattern}`).sort()).toEqual([
      'GET /call/[id]/status',
      'GET /user/calls',
      'GET /user/profile',
    ])
  })

  it.each<Scope>(['calls:read', 'calls:write', 'calls:report'])(
    'lets a key for %s do that, and nothing else',
    async scope => {
      const user = await newUser()
      const { json } = await ask('POST', '/api/v1/keys', { name: scope, scopes: [scope] }, bearer(user.token))
      const guarded = entries.filter(entry => entry.options.access !== 'public')
      const found = await statuses(guarded, { 'x-api-key': json.key })
      for (const entry of guarded) {
        const name = `${entry.method} ${entry.pattern}`
        const isAllowed = entry.options.scopes?.includes(scope) ?? false
        if (isAllowed) expect([401, 403], name).not.toContain(found[name])
        else expect(found[name], name).toBe(403)
      }
    },
  )

  it('that reads or changes calls is reachable for keys that may, and reports for devices only', () => {
    const reporting = entries.filter(entry => entry.options.scopes?.includes('calls:report'))
    expect(reporting.map(entry => `${entry.method} ${entry.pattern}`)).toEqual(['POST /call/incoming'])
  })

  it('for administrators refuses members', async () => {
    const administrative = entries.filter(entry => entry.options.access === 'admin')
    expect(administrative.length).toBeGreaterThan(8)
    expect(await statuses(administrative, bearer(stranger.token))).toEqual(all(administrative, 403))
  })

  it('that changes something refuses a cookie without our own Origin', async () => {
    const { cookie } = await signInBrowser(stranger.name)
    const changing = closed.filter(entry => entry.method !== 'GET')
    expect(await statuses(changing, { cookie })).toEqual(all(changing, 403))
    expect(await statuses(changing, { cookie, origin: 'https://evil.example' })).toEqual(all(changing, 403))
  })
})

/** The id of something of the owner's, and a valid body, for every route with an id in its path. */
type Probe = { id: () => Promise<string | number>; bodies?: Record<string, unknown> }

const as = (path: string, body: unknown) => async () => {
  const { json, status, text } = await ask('POST', path, body, bearer(owner.token))
  expect(status, text).toBeLessThan(300)
  return json.id
}

async function newCall(): Promise<string> {
  const callId = `call-${Math.random().toString(36).slice(2)}`
  const body = { call_id: callId, caller_number: '+15550001', called_number: '+15550002' }
  const { status } = await ask('POST', '/call/incoming', body, bearer(owner.token))
  expect(status).toBe(200)
  return callId
}

async function newRecording(): Promise<string> {
  const callId = await newCall()
  const db = await database()
  const { callHistory, recordings } = db.tables
  const rows = await db.orm.select({ id: callHistory.id, callId: callHistory.callId }).from(callHistory)
  const call = rows.find(row => row.callId === callId)!.id
  const folder = join(web().dataDir, 'recordings')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${callId}.wav`), Buffer.alloc(44))
  await db.write(function* (tx) {
    yield* run(
      tx.insert(recordings).values({
        call,
        userId: owner.id,
        kind: 'voicemail',
        path: `${callId}.wav`,
        bytes: 44,
        rateHz: 8000,
        channels: 1,
        status: 'stored',
        createdAt: now(),
      }),
    )
  })
  return callId
}

async function newPasskey(): Promise<number> {
  const db = await database()
  const { passkeys } = db.tables
  const row = {
    userId: owner.id,
    name: 'p',
    credentialId: `c${Math.random()}`,
    publicKey: 'x',
    counter: 0,
    transports: [],
    createdAt: now(),
  }
  return db.write(function* (tx) {
    const [made] = yield* run(tx.insert(passkeys).values(row).returning())
    return made!.id
  })
}

async function newBlockedNumber(): Promise<number> {
  const db = await database()
  const { blockedNumbers } = db.tables
  return db.write(function* (tx) {
    const prefix = `+1555${Math.floor(Math.random() * 1e6)}`
    const [made] = yield* run(
      tx.insert(blockedNumbers).values({ userId: owner.id, list: 'x', prefix, createdAt: now() }).returning(),
    )
    return made!.id
  })
}

async function newSession(): Promise<string> {
  const { json } = await ask('POST', '/auth/login', { username: owner.name, password })
  return JSON.parse(Buffer.from(json.token.split('.')[1]!, 'base64url').toString()).sid
}

async function newSubscription(): Promise<number> {
  const db = await database()
  const { pushSubscriptions } = db.tables
  const endpoint = `https://push.example/${Math.random()}`
  const row = {
    userId: owner.id,
    kind: 'web' as const,
    endpoint,
    p256dh: 'x',
    auth: 'x',
    userAgent: '',
    createdAt: now(),
  }
  return db.write(function* (tx) {
    const [made] = yield* run(tx.insert(pushSubscriptions).values(row).returning())
    return made!.id
  })
}

async function newWebhook(): Promise<number> {
  const db = await database()
  const { webhooks } = db.tables
  const row = { userId: owner.id, url: 'https://hook.example/', secretSealed: 'x', events: [], createdAt: now() }
  return db.write(function* (tx) {
    const [made] = yield* run(tx.insert(webhooks).values(row).returning())
    return made!.id
  })
}

const probes: Record<string, Probe> = {
  '/call/[id]/status': { id: newCall },
  '/api/v1/calls/[id]': { id: newCall, bodies: { PATCH: { isRead: true } } },
  '/api/v1/calls/[id]/audio': { id: newRecording },
  '/api/v1/calls/[id]/commands': { id: newCall, bodies: { POST: { kind: 'voicemail' } } },
  '/api/v1/calls/[id]/turns': { id: newCall, bodies: { POST: { text: 'Hello' } } },
  '/api/v1/calls/[id]/what-if': { id: newCall, bodies: { POST: { model: null } } },
  '/api/v1/people/[id]': { id: as('/api/v1/people', { name: 'Anna' }), bodies: { PATCH: { name: 'Anne' } } },
  '/api/v1/rules/[id]': { id: as('/api/v1/rules', { action: 'voicemail' }), bodies: { PATCH: { action: 'block' } } },
  '/api/v1/lines/[id]': { id: as('/api/v1/lines', { name: 'Office' }), bodies: { PATCH: { name: 'Shop' } } },
  '/api/v1/blocked-numbers/[id]': { id: newBlockedNumber },
  '/api/v1/keys/[id]': { id: as('/api/v1/keys', { name: 'k' }) },
  '/api/v1/passkeys/[id]': { id: newPasskey },
  '/api/v1/sessions/[id]': { id: newSession },
  '/api/v1/push/[id]': { id: newSubscription },
  '/api/v1/webhooks/[id]': { id: newWebhook },
}

const owned = closed.filter(entry => entry.pattern.includes('[') && entry.options.access === 'user')

describe("somebody else's rows", () => {
  it('are probed on every route that names one', () => {
    expect(owned.filter(entry => !probes[entry.pattern]).map(entry => entry.pattern)).toEqual([])
  })

  it.each(owned.map(entry => [`${entry.method} ${entry.pattern}`, entry] as const))(
    'are not there: %s',
    async (_, { method, pattern }) => {
      const probe = probes[pattern]!
      const path = pattern.replace('[id]', String(await probe.id()))
      const body = probe.bodies?.[method]
      const byToken = await ask(method, path, body, bearer(stranger.token))
      expect(byToken.status, byToken.text).toBe(404)
      // Keys and passkeys are changed by people who signed in: for a key it is 403, whoever's they are.
      const byKey = await ask(method, path, body, { 'x-api-key': stranger.key })
      expect([403, 404], byKey.text).toContain(byKey.status)
      const mine = await ask(method, path, body, bearer(owner.token))
      expect([401, 403, 404, 422, 500, 503], mine.text).not.toContain(mine.status)
    },
  )

  it('do not show in any list or search', async () => {
    const secret = 'Zaphod-of-the-owner'
    await as('/api/v1/people', { name: secret })()
    await as('/api/v1/rules', { name: secret, action: 'block' })()
    await as('/api/v1/lines', { name: secret })()
    await as('/api/v1/keys', { name: secret })()
    const lists = closed.filter(
      ({ method, pattern, options }) =>
        method === 'GET' && options.access === 'user' && !pattern.includes('[') && !pattern.endsWith('/events'),
    )
    for (const { pattern } of lists) {
      const answer = await ask('GET', `${pattern}?q=${secret}&search=${secret}`, undefined, bearer(stranger.token))
      expect(answer.text, pattern).not.toContain(secret)
    }
  })
})
