import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { asking, bearer, type Person } from './asking.ts'
import { expectRefusal, marker, sendTo } from './refusal.ts'

const { newUser, newChief, web } = asking()
let user: Person
let chief: Person
beforeAll(async () => {
  chief = await newChief()
  user = await newUser('malformed')
})

const send = (method: string, path: string, body?: BodyInit, headers?: Record<string, string>) =>
  sendTo(web().url, method, path, body, headers)

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
