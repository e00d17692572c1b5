import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { asking, bearer, jwtSecret, type Person } from './asking.ts'

/** Stands in everything that is sent wrongly: no answer may repeat it. */
const marker = 'hunter2-Marker'
const { newUser, newChief, web } = asking()
let user: Person
let chief: Person
beforeAll(async () => {
  chief = await newChief()
  user = await newUser('malformed')
})

type Reply = { status: number; text: string; type: string }

async function send(
  method: string,
  path: string,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const init = { method, headers, ...(body === undefined ? {} : { body, duplex: 'half' }) } as RequestInit
  const response = await fetch(web().url + path, init)
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' }
}

/** A 4xx, one sentence of JSON in `detail`, nothing of what was sent, nothing of the inside. */
function expectRefusal({ status, text, type }: Reply, statuses?: number[]): void {
  expect(status, text).toBeGreaterThanOrEqual(400)
  expect(status, text).toBeLessThan(500)
  if (statuses) expect(statuses, text).toContain(status)
  expect(type).toMatch(/^application\/(problem\+)?json/)
  const { detail } = JSON.parse(text)
  expect(typeof detail).toBe('string')
  expect(detail.length).toBeGreaterThan(3)
  expect(detail.length).toBeLessThan(400)
  expect(detail).not.toContain('\n')
  expect(text).not.toContain(marker)
  expect(text).not.toMatch(/\.ts\b|node_modules|at [A-Z]\w+\.|Error:|SQLITE|SELECT /)
}

type Target = { path: string; method?: string; as?: () => Record<string, string>; valid: Record<string, unknown> }
const mine = () => bearer(user.token)
const asChief = () => bearer(chief.token)
const targets: Target[] = [
  { path: '/auth/register', valid: { username: 'someone', email: 'someone@example.com', password: `${marker}-1234` } },
  { path: '/auth/login', valid: { username: 'someone', password: marker } },
  { path: '/auth/refresh', valid: { refresh_token: marker } },
  { path: '/auth/second-factor', valid: { second_factor: marker, code: '123456' } },
  {
    path: '/call/incoming',
    as: mine,
    valid: { call_id: 'c1', caller_number: '+15550001', called_number: '+15550002' },
  },
  { path: '/api/v1/sign-in', valid: { username: 'someone', password: marker } },
  { path: '/api/v1/setup', valid: { username: 'x', email: 'x@example.com', password: marker, ticket: marker } },
  { path: '/api/v1/keys', as: mine, valid: { name: 'k' } },
  { path: '/api/v1/password', as: mine, valid: { current: marker, next: marker } },
  { path: '/api/v1/account', method: 'PATCH', as: mine, valid: { language: 'en' } },
  { path: '/api/v1/people', as: mine, valid: { name: 'Anna' } },
  { path: '/api/v1/rules', as: mine, valid: { action: 'block' } },
  { path: '/api/v1/lines', as: mine, valid: { name: 'Office' } },
  { path: '/api/v1/users', as: asChief, valid: { username: 'abc', email: 'a@example.com', password: marker } },
  { path: '/api/v1/settings', method: 'PATCH', as: asChief, valid: { registration: 'open' } },
]
const post = ({ path, method = 'POST', as }: Target, body: BodyInit, headers: Record<string, string> = {}) =>
  send(method, path, body, { 'content-type': 'application/json', ...as?.(), ...headers })

const bytes = (...values: number[]) => new Uint8Array(values)
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
const bodies: [string, BodyInit, number[]][] = [
  ['nothing', '', [400]],
  ['a lone brace', '{', [400]],
  ['single quotes', `{'${marker}':1}`, [400]],
  ['text after the end', `{} ${marker}`, [400]],
  ['NaN', 'NaN', [400]],
  ['a form', `username=${marker}&password=x`, [400]],
  ['XML', `<a>${marker}</a>`, [400]],
  ['a byte that is no UTF-8', bytes(0x7b, 0x22, 0xff, 0x22, 0x7d), [400]],
  ['a surrogate in UTF-8', bytes(0x22, 0xed, 0xa0, 0x80, 0x22), [400]],
  ['an overlong slash', bytes(0x22, 0xc0, 0xaf, 0x22), [400]],
  ['UTF-16', bytes(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00), [400]],
  ['a raw NUL', bytes(0x7b, 0x00, 0x7d), [400]],
  ['a raw line feed in a text', `{"a":"${marker}\n"}`, [400]],
  ['a list', '[]', [400, 422]],
  ['a text', `"${marker}"`, [400, 422]],
  ['null', 'null', [400, 422]],
  ['a number', '5', [400, 422]],
  ['true', 'true', [400, 422]],
  ['a number beyond all numbers', '1e999', [400, 422]],
  ['brackets a hundred thousand deep', nested(100_000, '[', ']'), [400, 422]],
  ['objects fifty thousand deep', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, [400, 422]],
  ['more than a megabyte', `{"a":"${'x'.repeat(1_100_000)}"}`, [413]],
]

describe.each(targets)('$path', target => {
  it.each(bodies)('refuses %s', async (_, body, statuses) => {
    expectRefusal(await post(target, body), statuses)
  })

  it('refuses NUL and half surrogate pairs in every text', async () => {
    for (const field of Object.keys(target.valid)) {
      for (const bad of ['\\u0000', '\\ud800', '\\udc00x', 'a\\u0000b']) {
        const rest = JSON.stringify({ ...target.valid, [field]: undefined }).slice(1)
        const body = `{"${field}":"${bad}"${rest === '}' ? '' : ','}${rest}`
        expectRefusal(await post(target, body), [400, 422])
      }
    }
  })

  it('refuses every field of another type, by name', async () => {
    const others: unknown[] = [
      null,
      true,
      5,
      -1,
      1e308,
      0.5,
      {},
      [],
      [[]],
      { marker },
      [marker],
      { toString: marker },
      { __proto__: null, length: 1 },
    ]
    for (const [field, good] of Object.entries(target.valid)) {
      for (const bad of others) {
        if (typeof bad === typeof good) continue
        const reply = await post(target, JSON.stringify({ ...target.valid, [field]: bad }))
        expectRefusal(reply, [422])
        expect(reply.text).toContain(field)
      }
    }
  })

  it('refuses texts that are endless, without repeating them', async () => {
    for (const field of Object.keys(target.valid)) {
      const reply = await post(target, JSON.stringify({ ...target.valid, [field]: marker.repeat(30_000) }))
      expectRefusal(reply, [400, 401, 403, 413, 422])
    }
  })

  it('refuses compressed bodies, also when they would be huge', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity', 'x']) {
      expectRefusal(await post(target, bomb, { 'content-encoding': encoding }), [413, 415])
    }
  })

  it('is not moved by prototypes and unknown fields', async () => {
    const body = JSON.stringify(target.valid).replace(
      /}$/,
      ',"__proto__":{"role":"admin"},"constructor":{"prototype":{"isAdmin":true}},"role":"admin"}',
    )
    const reply = await post(target, body)
    expect(reply.status).toBeLessThan(500)
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
    expect(({} as Record<string, unknown>).role).toBeUndefined()
  })
})

describe('credentials', () => {
  const inS = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
  const sign = (claims: object, key = jwtSecret, hash = 'sha256') => {
    const signed = `${part({ alg: hash === 'sha256' ? 'HS256' : 'HS512', typ: 'JWT' })}.${part(claims)}`
    return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`
  }
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = () => ({ user_id: user.id, username: user.name, exp: inS(600) })
  const swapped = (header: object) => `${part(header)}.${sign(claims()).split('.').slice(1).join('.')}`

  const tokens: [string, () => string][] = [
    ['alg none', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`],
    ['alg NONE in capitals', () => `${part({ alg: 'NONE' })}.${part(claims())}.`],
    ['no signature', () => `${part({ alg: 'HS256' })}.${part(claims())}.`],
    ['another algorithm', () => sign(claims(), jwtSecret, 'sha512')],
    ['a header that was changed', () => swapped({ alg: 'HS256', typ: 'JWT', kid: '../../etc/passwd' })],
    ['RS256 in the header', () => swapped({ alg: 'RS256' })],
    ['a foreign key', () => sign(claims(), 'z'.repeat(40))],
    ['an end in the past', () => sign({ ...claims(), exp: inS(-60) })],
    ['no end', () => sign({ user_id: user.id, username: user.name })],
    ['an end that is a text', () => sign({ ...claims(), exp: String(inS(600)) })],
    ['an end far away', () => sign({ ...claims(), exp: 4e9 })],
    ['an end that is true', () => sign({ ...claims(), exp: true })],
    ['an end that is not a number', () => sign({ ...claims(), exp: null })],
    ['user_id true', () => sign({ ...claims(), user_id: true })],
    ['user_id null', () => sign({ ...claims(), user_id: null })],
    ['user_id a list', () => sign({ ...claims(), user_id: [user.id] })],
    ['user_id a text', () => sign({ ...claims(), user_id: `${user.id}` })],
    ['user_id of SQL', () => sign({ ...claims(), user_id: '1 OR 1=1' })],
    ['user_id zero', () => sign({ ...claims(), user_id: 0 })],
    ['user_id negative', () => sign({ ...claims(), user_id: -1 })],
    ['user_id beyond all ids', () => sign({ ...claims(), user_id: 2 ** 60 })],
    ["nobody's user_id", () => sign({ ...claims(), user_id: 999_999_999 })],
    ['no user_id', () => sign({ username: user.name, exp: inS(60) })],
    ['username a number', () => sign({ ...claims(), username: 5 })],
    ['a session id of SQL', () => sign({ ...claims(), sid: "' OR '1'='1" })],
    ['claims that are a list', () => `${part({ alg: 'HS256' })}.${part([1])}.x`],
    ['two dots only', () => '..'],
    ['five parts', () => 'a.b.c.d.e'],
    ['no base64', () => '!!!.???.###'],
    ['a cut end', () => user.token.slice(0, -2)],
    ['a long tail', () => `${user.token}AAAA`],
    ['a megabyte less', () => 'a'.repeat(8_000)],
    ['an API key', () => user.key],
  ]

  it.each(tokens)('with %s are refused', async (_, make) => {
    expectRefusal(await send('GET', '/user/profile', undefined, bearer(make())), [401])
  })

  it.each<[string, () => Record<string, string>]>([
    ['an empty bearer', () => ({ authorization: 'Bearer ' })],
    ['only the scheme', () => ({ authorization: 'Bearer' })],
    ['two tokens', () => ({ authorization: `Bearer ${user.token} ${user.token}` })],
    ['a basic scheme', () => ({ authorization: `Basic ${Buffer.from('a:b').toString('base64')}` })],
    ['a digest scheme', () => ({ authorization: 'Digest username="x"' })],
    ['a key that is too short', () => ({ 'x-api-key': user.key.slice(0, -1) })],
    ['a key that is too long', () => ({ 'x-api-key': `${user.key}x` })],
    ['a key in other case', () => ({ 'x-api-key': user.key.toUpperCase() })],
    ['a key of SQL', () => ({ 'x-api-key': "' OR 1=1 --" })],
    ['an empty key', () => ({ 'x-api-key': '', authorization: 'x' })],
    ['a key as bearer', () => bearer(user.key)],
    ['a token as key', () => ({ 'x-api-key': user.token })],
    ['a cookie of nonsense', () => ({ cookie: 'authjs.session-token=x' })],
    ['a cookie with a token in it', () => ({ cookie: `authjs.session-token=${user.token}` })],
    ['a thousand cookies', () => ({ cookie: 'authjs.session-token=x; '.repeat(300) })],
  ])('that are %s are refused', async (_, make) => {
    expectRefusal(await send('GET', '/user/profile', undefined, make()), [401])
  })
})

describe('addresses', () => {
  it.each([
    '/user/calls?limit=abc',
    '/user/calls?limit=',
    '/user/calls?limit=1e2',
    '/user/calls?limit=0',
    '/user/calls?limit=501',
    '/user/calls?limit=99999999999999999999',
    "/user/calls?limit=1'",
    '/user/calls?limit=%00',
    '/user/calls?limit=%ff',
    `/user/calls?limit=${marker}`,
    '/call/%00/status',
    '/call/%ff/status',
    '/call/%/status',
    '/call/..%2f..%2fetc%2fpasswd/status',
    `/call/${'a'.repeat(3000)}/status`,
    '/api/v1/people/abc',
    '/api/v1/people/-1',
    '/api/v1/people/1.5',
    '/api/v1/people/0x10',
    '/api/v1/people/99999999999999999999',
    '/api/v1/people/1%00',
    '/api/v1/people/%E0%A4%A',
    '/api/v1/people?limit=-5',
    '/api/v1/people?search=%00',
    '/api/v1/calls?limit=NaN',
    '/api/v1/calls?cursor=nonsense',
    '/api/v1/calls?q=%00',
    '/api/v1/rules/1;drop',
    '/api/v1/lines/null',
    '/api/v1/nothing',
    `/nope/${marker}`,
    '/user/profile/',
    '//user/profile',
  ])('%s', async path => {
    expectRefusal(await send('GET', path, undefined, mine()))
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('answer 405 to %s where it means nothing', async method => {
    expectRefusal(await send(method, '/user/profile', undefined, mine()), [405])
  })
})

describe('on the wire', () => {
  /** Sends bytes as they are and reads until the other side closes or goes quiet. */
  function raw(chunks: (string | Uint8Array)[], quietMs = 1500): Promise<string> {
    return new Promise(resolve => {
      let answer = ''
      const socket = connect(web().port, '127.0.0.1')
      const done = () => {
        socket.destroy()
        resolve(answer)
      }
      socket.setTimeout(quietMs, done)
      socket.on('data', chunk => {
        answer += chunk.toString('latin1')
      })
      socket.on('error', done)
      socket.on('close', done)
      for (const chunk of chunks) socket.write(chunk)
    })
  }
  const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)
  const head = (line: string, headers = '') => `${line}\r\nHost: localhost\r\n${headers}Connection: close\r\n\r\n`

  it.each<[string, (string | Uint8Array)[], number[]]>([
    ['a header beyond all headers', [head('GET /user/profile HTTP/1.1', `X-Big: ${'a'.repeat(100_000)}\r\n`)], [431]],
    ['a thousand headers', [head('GET /user/profile HTTP/1.1', 'X-H: 1234567890\r\n'.repeat(3000))], [431]],
    ['an address beyond all addresses', [head(`GET /${'a'.repeat(100_000)} HTTP/1.1`)], [400, 414, 431]],
    ['no HTTP', ['hello there\r\n\r\n'], [400]],
    ['TLS', [bytes(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03)], [400]],
    ['an unknown method', [head('FOO /health HTTP/1.1')], [400, 405]],
    ['a header with a NUL', [head('GET /health HTTP/1.1', 'X-A: a\0b\r\n')], [400]],
    ['a header with a bare line feed', ['GET /health HTTP/1.1\r\nHost: x\r\nX-A: a\n\r\n: b\r\n\r\n'], [400]],
    ['two lengths', [head('POST /auth/login HTTP/1.1', 'Content-Length: 2\r\nContent-Length: 3\r\n'), '{}'], [400]],
    [
      'a length and chunks',
      [head('POST /auth/login HTTP/1.1', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'), '{}'],
      [400],
    ],
    ['a length that is no number', [head('POST /auth/login HTTP/1.1', 'Content-Length: abc\r\n'), '{}'], [400]],
    ['a negative length', [head('POST /auth/login HTTP/1.1', 'Content-Length: -5\r\n'), '{}'], [400]],
    ['a promise of 100 MB', [head('POST /auth/login HTTP/1.1', 'Content-Length: 104857600\r\n'), '{"a":'], [413]],
    [
      'chunks of nonsense',
      [head('POST /auth/login HTTP/1.1', 'Transfer-Encoding: chunked\r\n'), 'zz\r\n{}\r\n'],
      [400],
    ],
    ['an absolute address', [head('GET http://evil.example/health HTTP/1.1')], [400]],
    ['an asterisk', [head('OPTIONS * HTTP/1.1')], [400]],
    ['a backslash', [head('GET /user\\profile HTTP/1.1')], [400, 404]],
    ['no Host', ['GET /user/profile HTTP/1.1\r\nConnection: close\r\n\r\n'], [400, 401]],
    ['a Host of nonsense', ['GET /user/profile HTTP/1.1\r\nHost: a b c\r\nConnection: close\r\n\r\n'], [400, 401]],
    ['a Host with a path', ['GET /user/profile HTTP/1.1\r\nHost: a/b?c#d@e\r\nConnection: close\r\n\r\n'], [400, 401]],
  ])('%s gets a 4xx', async (_, chunks, statuses) => {
    const answer = await raw(chunks)
    expect(statuses, answer.slice(0, 300)).toContain(statusOf(answer))
    expect(answer).not.toMatch(/node_modules|\.ts:/)
  })

  it('100 MB of body are cut off early', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        if (sent > 100_000_000) controller.close()
        else controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const outcome = await send('POST', '/auth/login', endless).catch(() => null)
    if (outcome) expectRefusal(outcome, [413])
    expect(sent).toBeLessThan(50_000_000)
  })

  it('the service is as well as before', async () => {
    expect((await send('GET', '/user/profile', undefined, mine())).status).toBe(200)
  })
})
