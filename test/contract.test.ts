import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startOllama } from './ollama.ts'
import { startWeb, type Web } from './web.ts'

// The wire contract of the eight endpoints that existing clients rely on: paths, fields, status codes, words.

const secret = 'a-secret-of-tests-with-more-than-32-characters'
const password = 'Str0ngPhrase!42'
type Json = Record<string, unknown>
type Account = { id: number; username: string; email: string; api_key: string; token: string }
type Answer = { status: number; text: string; json: Json; headers: Headers }

let web: Web
let ollama: Awaited<ReturnType<typeof startOllama>>
let anna: Account
let bert: Account

beforeAll(async () => {
  ollama = await startOllama({ action: 'forward', reason: 'test', parameters: { destination: '100' } })
  web = await startWeb({ OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'stub', JWT_SECRET: secret })
  anna = (await register('anna')).json as Account
  bert = (await register('bert')).json as Account
})
afterAll(async () => {
  await web.stop()
  ollama.stop()
})

async function ask(
  method: string,
  path: string,
  { body, raw, headers = {} }: { body?: unknown; raw?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await fetch(web.url + path, {
    method,
    redirect: 'manual',
    headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  })
  const text = await response.text()
  const isJson = /^application\/json(;\s*charset=utf-8)?$/i.test(response.headers.get('content-type') ?? '')
  return { status: response.status, text, json: isJson && text ? JSON.parse(text) : {}, headers: response.headers }
}

const post = (path: string, body: unknown, headers = {}) => ask('POST', path, { body, headers })
const get = (path: string, headers = {}) => ask('GET', path, { headers })
const register = (username: string, changes: Json = {}) =>
  post('/auth/register', { username, email: `${username}@example.com`, password, ...changes })
const token = ({ token }: Account) => ({ authorization: `Bearer ${token}` })
const key = ({ api_key }: Account) => ({ 'x-api-key': api_key })
const incoming = (call_id: unknown, headers = {}, changes: Json = {}) =>
  post('/call/incoming', { call_id, caller_number: '+15550001', called_number: '+15550002', ...changes }, headers)
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)$/

function refused(answer: Answer, status: number, words: string | RegExp): void {
  expect(answer.status, answer.text).toBe(status)
  expect(Object.keys(answer.json)).toEqual(['detail'])
  if (typeof words === 'string') expect(answer.json.detail).toBe(words)
  else expect(answer.json.detail).toMatch(words)
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
function mint(
  claims: Json,
  { by = secret, header = { alg: 'HS256', typ: 'JWT' } }: { by?: string; header?: Json } = {},
) {
  const signed = `${encode(header)}.${encode(claims)}`
  return { authorization: `Bearer ${signed}.${createHmac('sha256', by).update(signed).digest('base64url')}` }
}
const inAMinute = () => Math.floor(Date.now() / 1000) + 60

describe('the service', () => {
  test('GET / names it', async () => {
    const { status, json } = await get('/')
    expect(status).toBe(200)
    expect(json).toEqual({ service: 'AI Call Service', version: expect.any(String), status: 'running' })
  })

  test('GET /health tells five parts', async () => {
    const { status, json } = await get('/health')
    expect(status).toBe(200)
    expect(json.status).toBe('healthy')
    for (const part of ['sip', 'stt', 'decision_engine', 'action_router', 'user_manager'])
      expect(json.components).toHaveProperty(part, expect.any(Boolean))
  })

  test('an unknown path is 404, a wrong method 405 with Allow', async () => {
    expect((await get('/nope')).status).toBe(404)
    const answer = await post('/health', {})
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toMatch(/GET/)
  })
})

describe('registering', () => {
  test('answers 200 with exactly id, username, email, api_key, token', () => {
    expect(Object.keys(anna).sort()).toEqual(['api_key', 'email', 'id', 'token', 'username'])
    expect(anna).toMatchObject({ username: 'anna', email: 'anna@example.com' })
    expect(anna.api_key).toMatch(/^aisk_[A-Za-z0-9_-]{43}$/)
    expect(bert.id).toBeGreaterThan(anna.id)
  })

  test('gives an HS256 token for 24 hours, signed with JWT_SECRET', () => {
    const [header, claims, signature] = anna.token.split('.') as [string, string, string]
    const open = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json
    expect(open(header).alg).toBe('HS256')
    expect(open(claims)).toMatchObject({ user_id: anna.id, username: 'anna' })
    expect(Math.abs(Number(open(claims).exp) - Date.now() / 1000 - 86_400)).toBeLessThan(120)
    expect(createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url')).toBe(signature)
  })

  test('a taken name or e-mail is 409 with one sentence for both', async () => {
    refused(await register('anna', { email: 'new@example.com' }), 409, 'Username or email already exists')
    refused(await register('new', { email: 'anna@example.com' }), 409, 'Username or email already exists')
  })

  test.each(['username', 'email', 'password'])('without %s it is 422 and names it', async field => {
    refused(await register('carl', { [field]: undefined }), 422, new RegExp(field))
  })

  test('without anything it names all three', async () => {
    const answer = await post('/auth/register', {})
    for (const field of [/username/, /email/, /password/]) refused(answer, 422, field)
  })

  test.each([{ username: 123 }, { email: {} }, { password: null }, { username: true }, { password: [] }])(
    'a wrong type is 422 and named: %j',
    async change => refused(await register('carl', change), 422, new RegExp(Object.keys(change)[0]!)),
  )

  test('a weak password is 400 and says why, before names are compared', async () => {
    const short = 'Weak password: Password must be at least 12 characters long'
    refused(await register('carl', { password: 'Sh0rt!Pass' }), 400, short)
    refused(await register('carl', { password: '' }), 400, 'Weak password: Password cannot be empty')
    refused(await register('anna', { password: 'short' }), 400, /Weak password/)
    expect((await register('twelve', { password: 'Abcdefgh!j1k' })).status).toBe(200)
  })

  test.each([
    'password',
    'admin',
    '123456',
    'qwerty',
    'letmein',
    'welcome',
    'monkey',
    'dragon',
    'master',
    'sunshine',
    'change_this',
    'change_me',
    'default',
  ])('a password with %s in it is weak in any case', async pattern => {
    for (const written of [pattern, pattern.toUpperCase()])
      refused(
        await register('carl', { password: `zzz${written}kkkkkkkk` }),
        400,
        `Weak password: Password contains weak pattern: ${pattern}`,
      )
  })
})

describe.each(['/auth/register', '/auth/login', '/call/incoming'])('POST %s', path => {
  test.each(['{bad', 'x', '{"a":', ''])('what is no JSON is 400: %j', async raw => {
    refused(await ask('POST', path, { raw }), 400, 'Invalid JSON')
  })

  test.each(['[]', '"x"', 'null', '5'])('JSON that is no object is a 4xx: %s', async raw => {
    const answer = await ask('POST', path, { raw })
    expect([400, 422]).toContain(answer.status)
    expect(answer.json.detail).toEqual(expect.any(String))
  })
})

describe('signing in', () => {
  test('gives the same user, the same key and a token that works', async () => {
    const { status, json } = await post('/auth/login', { username: 'anna', password, is_admin: true, id: 1 })
    expect(status).toBe(200)
    expect(Object.keys(json).sort()).toEqual(['api_key', 'email', 'id', 'token', 'username'])
    expect(json).toMatchObject({ id: anna.id, api_key: anna.api_key })
    expect((await get('/user/profile', token(json as Account))).status).toBe(200)
  })

  test('a wrong password and an unknown user cannot be told apart', async () => {
    const wrong = await post('/auth/login', { username: 'anna', password: `wrong-${password}` })
    const ghost = await post('/auth/login', { username: 'ghost', password })
    refused(wrong, 401, 'Invalid username or password')
    expect(ghost.text).toBe(wrong.text)
  })

  test('a missing field is 422', async () => {
    refused(await post('/auth/login', { username: 'anna' }), 422, /password/)
    refused(await post('/auth/login', { password }), 422, /username/)
  })

  test('the e-mail address is as good as the name', async () => {
    expect((await post('/auth/login', { username: 'anna@example.com', password })).status).toBe(200)
  })
})

describe.each(['/user/profile', '/user/calls'])('GET %s', path => {
  test('is 401 without credentials, and with every kind of bad ones', async () => {
    const bad = [
      {},
      { authorization: 'Bearer abc' },
      { authorization: 'Bearer ' },
      { authorization: 'Basic abc' },
      { 'x-api-key': 'aisk_wrong' },
      { 'x-api-key': anna.api_key.slice(0, -1) },
      { 'x-api-key': `${anna.api_key}x` },
      { authorization: `Bearer ${anna.token.slice(0, -2)}` },
      { authorization: `Bearer ${anna.api_key}` },
      mint({ user_id: anna.id, username: 'anna', exp: inAMinute() }, { by: 'x' }),
      mint({ user_id: anna.id, username: 'anna', exp: inAMinute() }, { header: { alg: 'none' } }),
      mint({ user_id: anna.id, username: 'anna', exp: inAMinute() - 120 }),
      mint({ user_id: 999_999_999, username: 'x', exp: inAMinute() }),
      mint({ user_id: true, username: 'anna', exp: inAMinute() }),
      mint({ user_id: anna.id, username: 'anna' }),
    ]
    for (const headers of bad) refused(await get(path, headers), 401, 'Authentication required')
  })
})

describe('who is asking', () => {
  test('a token of the first service with the same secret is as good', async () => {
    const { status, json } = await get('/user/profile', mint({ user_id: anna.id, username: 'anna', exp: inAMinute() }))
    expect(status).toBe(200)
    expect(json.id).toBe(anna.id)
  })

  test('a bad token beside a good key falls back to the key; a good token wins', async () => {
    expect((await get('/user/profile', { authorization: 'Bearer bad', ...key(anna) })).json.id).toBe(anna.id)
    expect((await get('/user/profile', { ...token(anna), ...key(bert) })).json.id).toBe(anna.id)
  })
})

describe('the profile', () => {
  test('has its six fields by token and by key, and never a hash', async () => {
    for (const headers of [token(bert), key(bert)]) {
      const { status, json } = await get('/user/profile', headers)
      expect(status).toBe(200)
      expect(Object.keys(json)).toEqual(
        expect.arrayContaining(['id', 'username', 'email', 'api_key', 'created_at', 'last_login']),
      )
      expect(json.created_at).toMatch(instant)
      expect(json.api_key).not.toBe(bert.api_key)
      expect(json).not.toHaveProperty('password_hash')
    }
  })

  test('registering is no login', async () => {
    expect((await get('/user/profile', token(bert))).json.last_login).toBeNull()
  })
})

describe('the history', () => {
  test('of a new user is empty', async () => {
    const { json } = await get('/user/calls', token(bert))
    expect(json).toEqual({ user_id: bert.id, username: 'bert', total_calls: 0, calls: [] })
  })

  test.each(['0', '-1', '501', '99999999999999999999'])('a limit of %s is out of range', async limit => {
    refused(
      await get(`/user/calls?limit=${limit}`, token(bert)),
      400,
      'Invalid limit parameter - must be between 1 and 500',
    )
  })

  test.each(['abc', '1.5', '', '1e2', '0x10', '1;', 'NaN', 'null', "1'"])(
    'a limit of %j is no integer',
    async limit => {
      refused(await get(`/user/calls?limit=${limit}`, token(bert)), 400, 'Invalid limit parameter - must be an integer')
    },
  )

  test.each(['1', '500', '007'])('a limit of %s is fine', async limit => {
    expect((await get(`/user/calls?limit=${limit}`, token(bert))).status).toBe(200)
  })

  test('credentials are looked at before the limit', async () => {
    refused(await get('/user/calls?limit=abc'), 401, 'Authentication required')
  })
})

describe('a call', () => {
  test('is decided, and its status and the history follow', async () => {
    const sent = { timestamp: '2026-01-01T00:00:00Z', channel: 'SIP/x' }
    const { status, json } = await incoming('first', token(anna), sent)
    expect(status).toBe(200)
    expect(json).toMatchObject({ status: 'success', call_id: 'first', action: 'forward' })
    expect(json.message).toMatch(/forward.*100/i)

    const now = await get('/call/first/status', token(anna))
    expect(now.json).toMatchObject({ call_id: 'first', user_id: anna.id, action: 'forward', status: 'completed' })
    expect(now.json.started_at).toMatch(instant)
    expect(now.json.completed_at).toMatch(instant)

    const history = await get('/user/calls', key(anna))
    const row = (history.json.calls as Json[]).find(call => call.call_id === 'first')!
    expect(Object.keys(row).sort()).toEqual(
      ['action', 'call_id', 'called_number', 'caller_number', 'id', 'message', 'status', 'timestamp'].sort(),
    )
    expect(row).toMatchObject({ caller_number: '+15550001', called_number: '+15550002', action: 'forward' })
    // The time is the server's, not the request's.
    expect(Math.abs(Date.parse(String(row.timestamp)) - Date.now())).toBeLessThan(60_000)
  })

  test('comes first in the history when it is the newest, and total_calls is what was returned', async () => {
    for (const name of ['one', 'two', 'three']) await incoming(name, key(anna))
    const { json } = await get('/user/calls?limit=2', token(anna))
    expect((json.calls as Json[]).map(call => call.call_id)).toEqual(['three', 'two'])
    expect(json.total_calls).toBe(2)
  })

  test('is its owner’s alone', async () => {
    expect((await get('/user/calls', token(bert))).json.total_calls).toBe(0)
    expect((await get('/call/first/status', token(bert))).status).toBe(404)
    expect([401, 404]).toContain((await get('/call/first/status')).status)
  })

  test('without credentials is decided and stored nowhere; with wrong ones it is 401', async () => {
    expect((await incoming('nobody')).status).toBe(200)
    refused(await get('/call/nobody/status', token(anna)), 404, 'Call ID not found')
    refused(await incoming('bad', { authorization: 'Bearer bad' }), 401, 'Authentication required')
  })

  test('asked again replays its answer; with other numbers it is 409', async () => {
    const again = await incoming('first', token(anna), { timestamp: '2026-01-01T00:00:00Z', channel: 'SIP/x' })
    expect(again.status).toBe(200)
    expect(again.json.action).toBe('forward')
    expect((await incoming('first', token(anna), { caller_number: '+15559999' })).status).toBe(409)
  })

  test('without its numbers is 422 and names them', async () => {
    const answer = await post('/call/incoming', { call_id: 'm' }, token(anna))
    refused(answer, 422, /caller_number/)
    refused(answer, 422, /called_number/)
  })

  test.each([{ call_id: 5 }, { caller_number: 1 }, { called_number: null }, { timestamp: 5 }, { channel: {} }])(
    'with a wrong type is 422 and names it: %j',
    async change => refused(await incoming('wrong', token(anna), change), 422, new RegExp(Object.keys(change)[0]!)),
  )

  test('may leave timestamp and channel null', async () => {
    expect((await incoming('nulls', token(anna), { timestamp: null, channel: null })).status).toBe(200)
  })

  test.each(['', 'a'.repeat(129)])('needs a call_id of 1 to 128 characters', async id => {
    const { status } = await incoming(id, token(anna))
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })

  test('that nobody knows is 404', async () => {
    refused(await get('/call/unknown/status', token(anna)), 404, 'Call ID not found')
  })
})

const shared = join(import.meta.dirname, '..', '..', 'shared', 'contract', 'contract.test.mjs')

if (existsSync(shared)) {
  test('the contract that lies beside the project is kept too', async () => {
    const child = spawn(process.execPath, ['--test', '--test-reporter=tap', shared], {
      env: { ...process.env, BASE_URL: web.url, JWT_SECRET: secret },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', piece => {
      output += piece
    })
    const [code] = await once(child, 'exit')
    expect(
      code,
      output
        .split('\n')
        .filter(line => /^\s*not ok|error:/.test(line))
        .join('\n'),
    ).toBe(0)
  }, 120_000)
}
