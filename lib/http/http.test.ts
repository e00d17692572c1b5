import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { parseEnv } from '../env.ts'
import { AppError, type ErrorCode } from '../errors.ts'
import { parseTrust } from '../proxy-trust.ts'
import { clientAddress, limitKeyOf, normalAddress } from './address.ts'
import { corsHeaders, isSameOrigin, preflight } from './cors.ts'
import { dispatch } from './dispatch.ts'
import { errorResponse } from './errors.ts'
import { created, handler, rowId } from './handler.ts'
import { refuseInvalid, sentenceOf } from './invalid.ts'
import { withPeer } from './peer.ts'
import { streamed } from './stream.ts'
import { checkValue } from './value.ts'

const request = (headers: Record<string, string> = {}, init: RequestInit = {}) =>
  new Request('http://phone.example/x', { ...init, headers })

describe('the address of a client', () => {
  const from = (peer: string, headers: Record<string, string>, trust = 'loopback') =>
    clientAddress(withPeer(request(headers), peer), parseTrust(trust)!)

  it('is the peer, whatever a stranger writes into headers', () => {
    expect(from('203.0.113.9', { 'x-real-ip': '10.0.0.1', 'x-forwarded-for': '10.0.0.2' })).toBe('203.0.113.9')
  })

  it('is what the nginx of the guide writes, although it passes a forged X-Forwarded-For on', () => {
    expect(from('127.0.0.1', { 'x-real-ip': '203.0.113.9', 'x-forwarded-for': '10.9.9.9' })).toBe('203.0.113.9')
  })

  it('is the last hop that is not trusted, when the proxy writes X-Forwarded-For', () => {
    const headers = { 'x-real-ip': '6.6.6.6', 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.2.3' }
    expect(from('10.0.0.2', headers, '10.0.0.0/8, x-forwarded-for')).toBe('203.0.113.9')
  })

  it('stays the proxy when a header is no address', () => {
    expect(from('::1', { 'x-real-ip': 'unknown', 'x-forwarded-for': '<script>' })).toBe('::1')
    expect(from('::ffff:127.0.0.1', { 'x-real-ip': '2001:db8::7' })).toBe('2001:db8::7')
  })

  it('is never a header when no proxy is trusted', () => {
    expect(from('127.0.0.1', { 'x-real-ip': '203.0.113.9' }, 'none')).toBe('127.0.0.1')
  })

  it('is read with ports, brackets and zones, and not at all when it is none', () => {
    expect(
      ['1.2.3.4:80', '[2001:db8::1]:443', 'fe80::1%eth0', '::ffff:1.2.3.4', '1.2.3', ''].map(normalAddress),
    ).toEqual(['1.2.3.4', '2001:db8::1', 'fe80::1', '1.2.3.4', null, null])
  })

  it('is counted by /64 when it is IPv6', () => {
    expect(limitKeyOf('2001:db8:0:1:aaaa::1')).toBe(limitKeyOf('2001:0db8::1:bbbb:0:0:2'))
    expect(limitKeyOf('2001:db8::1')).not.toBe(limitKeyOf('2001:db8:0:1::1'))
    expect(limitKeyOf('::1')).toBe('0:0:0:0::/64')
    expect(limitKeyOf('192.0.2.1')).toBe('192.0.2.1')
  })

  it.each(['everybody', '10.0.0.0/33', '1.2.3'])('refuses the setting %j', setting => {
    expect(parseTrust(setting)).toBeNull()
    expect(() => parseEnv({ TRUST_PROXY: setting })).toThrow(/^TRUST_PROXY must/)
  })
})

describe('an error', () => {
  it('of invalid input names each field and what is wrong with it, and never what was sent', async () => {
    const schema = z.object({ name: z.string().max(3), action: z.enum(['a', 'b']), at: z.object({ hour: z.number() }) })
    const value = { name: 'secret', action: 'secret', at: {} }
    const refuse = () => refuseInvalid(schema.safeParse(value).error!, value)
    let answer: Response | undefined
    try {
      refuse()
    } catch (error) {
      answer = errorResponse(error, 'problem')
      expect(Object.keys(await errorResponse(error, 'compatible').json())).toEqual(['detail'])
    }
    const problem = await answer!.json()
    expect(problem.errors).toEqual([
      { field: 'name', message: 'must have at most 3 characters' },
      { field: 'action', message: 'is not one of the choices' },
      { field: 'at.hour', message: 'is required' },
    ])
    expect(JSON.stringify(problem)).not.toContain('secret')
  })

  it.each<[ErrorCode, number]>([
    ['bad_request', 400],
    ['weak_password', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['method_not_allowed', 405],
    ['conflict', 409],
    ['too_large', 413],
    ['unsupported_media', 415],
    ['invalid', 422],
    ['rate_limited', 429],
    ['internal', 500],
    ['unavailable', 503],
  ])('%s is %i in both shapes, with one sentence', async (code, status) => {
    const error = new AppError(code, 'One sentence.')
    const compatible = errorResponse(error, 'compatible')
    expect(compatible.status).toBe(status)
    expect(await compatible.json()).toEqual({ detail: 'One sentence.' })
    const problem = errorResponse(error, 'problem')
    expect(problem.headers.get('content-type')).toBe('application/problem+json')
    expect(await problem.json()).toMatchObject({ status, detail: 'One sentence.', code })
  })

  it('says when to come back, and how to sign in', () => {
    expect(errorResponse(new AppError('rate_limited', 'x', 42), 'compatible').headers.get('retry-after')).toBe('42')
    expect(errorResponse(new AppError('unavailable', 'x'), 'compatible').headers.get('retry-after')).toBe('5')
    expect(errorResponse(new AppError('unauthenticated', 'x'), 'compatible').headers.get('www-authenticate')).toMatch(
      /^Bearer/,
    )
  })

  it('that nobody expected tells an id, and nothing of itself', async () => {
    const answer = errorResponse(new Error('SELECT secret FROM users'), 'compatible')
    expect(answer.status).toBe(500)
    expect((await answer.json()).detail).toMatch(/^Something went wrong\. The log has more under [0-9a-f-]{36}\.$/)
  })

  it('of a busy database or a full disk asks for patience', () => {
    const wrapped = new Error('query failed', { cause: Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }) })
    expect(errorResponse(wrapped, 'compatible').status).toBe(503)
    expect(errorResponse(Object.assign(new Error(), { code: 'SQLITE_FULL' }), 'compatible').status).toBe(503)
  })
})

describe('a sentence about wrong input', () => {
  const schema = z.object({
    name: z.string().max(3, 'must have at most 3 characters'),
    age: z.number(),
    tags: z.array(z.object({ kind: z.enum(['a', 'b']) })).optional(),
    extra: z.record(z.string().regex(/^[a-z]+$/), z.string()).optional(),
  })
  const said = (value: unknown) => sentenceOf(schema.safeParse(value).error!, value)

  it('names every field and what it must be', () => {
    expect(said({})).toBe('name is required, age is required.')
    expect(said({ name: 5, age: '7' })).toBe('name must be text, age must be a number.')
    expect(said({ name: 'long one', age: 1 })).toBe('name must have at most 3 characters.')
    expect(said([])).toBe('The body must be a JSON object.')
    expect(said({ name: 'x', age: 1, tags: [{ kind: 'z' }] })).toMatch(/^tags\.0\.kind is not valid: /)
  })

  it('says a limit in plain words and a name once', () => {
    const limits = z.object({
      q: z.string().max(2),
      tags: z.array(z.string()).min(1),
      limit: z.string().regex(/^\d+$/, 'limit must be a whole number'),
    })
    const { error } = limits.safeParse({ q: 'long', tags: [], limit: 'x' })
    expect(sentenceOf(error!, {})).toBe(
      'q must have at most 2 characters, tags must have at least 1 entry, limit must be a whole number.',
    )
  })

  it('repeats neither values nor keys that the client chose', () => {
    const sentence = said({ name: { s3cret: 1 }, age: 'hunter2', extra: { '<b>hunter2</b>': 'x', ok: 5 } })
    expect(sentence).not.toMatch(/hunter2|s3cret/)
  })
})

describe('a value', () => {
  it('with NUL, half a surrogate pair, or no bottom is refused wherever it hides', () => {
    expect(() => checkValue({ a: ['x\0y'] })).toThrow('NUL')
    expect(() => checkValue({ 'k\0': 1 })).toThrow('NUL')
    expect(() => checkValue(['\ud800'])).toThrow('Unicode')
    let deep: unknown = 1
    for (let i = 0; i < 40; i++) deep = [deep]
    expect(() => checkValue(deep)).toThrow('deeply')
    expect(() => checkValue({ fine: ['🦊', { a: null, b: 1e308 }] })).not.toThrow()
  })
})

describe('a route', () => {
  const echo = {
    GET: handler({ access: 'public', query: z.object({ q: z.string() }) }, ({ query }) => query),
    POST: handler({ access: 'public', errors: 'compatible', body: z.object({ a: z.number() }) }, ({ body }) =>
      created(body),
    ),
    PUT: handler({ access: 'public', body: z.object({ a: z.number() }).optional() }, ({ body }) => ({
      given: body ?? null,
    })),
    DELETE: handler({ access: 'public' }, ({ params }) => {
      rowId(params.id)
    }),
  }
  const send = (method: string, body?: BodyInit, headers: Record<string, string> = {}) =>
    dispatch(
      echo,
      new Request('http://phone.example/x?q=1', { method, headers, ...(body === undefined ? {} : { body }) }),
      { id: '0x1' },
    )

  it('answers values, 201, 204 and 404', async () => {
    expect(await (await send('GET')).json()).toEqual({ q: '1' })
    expect((await send('POST', '{"a":1}')).status).toBe(201)
    expect((await send('DELETE')).status).toBe(404)
    expect(await (await send('PUT')).json()).toEqual({ given: null })
  })

  it('answers HEAD without a body and other methods with 405 and Allow', async () => {
    const head = await send('HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    const wrong = await send('PATCH', '{}')
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, PUT, DELETE, OPTIONS'])
    expect((await send('OPTIONS')).headers.get('allow')).toContain('POST')
  })

  it('reads no more than a megabyte, whatever the client announces', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
    })
    const init = { method: 'POST', body: endless, duplex: 'half' } as RequestInit
    expect((await dispatch(echo, new Request('http://phone.example/x', init))).status).toBe(413)
    expect(pulled).toBeLessThan(30)
  })

  it('refuses compressed bodies, broken UTF-8 and no JSON', async () => {
    expect((await send('POST', '{"a":1}', { 'content-encoding': 'gzip' })).status).toBe(415)
    for (const body of ['', '{', new Uint8Array([0x22, 0xff, 0x22]), '\ufeff{', 'NaN', "{'a':1}", '{"a":1}{']) {
      const answer = await send('POST', body)
      expect([answer.status, await answer.json()]).toEqual([400, { detail: 'Invalid JSON' }])
    }
  })

  it('is open to the app from its own origins only', async () => {
    const allowed = async (origin: string) =>
      (await send('GET', undefined, { origin })).headers.get('access-control-allow-origin')
    expect(await allowed('http://localhost')).toBe('http://localhost')
    expect(await allowed('https://localhost')).toBe('https://localhost')
    for (const origin of [
      'http://localhost:3000',
      'https://localhost.evil.example',
      'null',
      'capacitor://localhost',
      'HTTP://LOCALHOST',
    ]) {
      expect(await allowed(origin)).toBeNull()
    }
    expect((await send('PATCH', '{}', { origin: 'http://localhost' })).headers.get('access-control-allow-origin')).toBe(
      'http://localhost',
    )
  })

  it('answers a preflight with the headers that were asked for, never with credentials', () => {
    const headers = { origin: 'http://localhost', 'access-control-request-headers': 'authorization, content-type' }
    const answer = preflight(request(headers, { method: 'OPTIONS' }), ['GET', 'POST'])
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization, content-type')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(answer.headers.get('vary')).toContain('Origin')
    expect(corsHeaders(request({ origin: 'https://evil.example' }))).toBeNull()
  })

  it('knows its own pages by Origin and Host, exactly', () => {
    const same = (origin: string | null, host = 'phone.example') =>
      isSameOrigin(request({ host, ...(origin === null ? {} : { origin }) }))
    expect(same('https://phone.example')).toBe(true)
    expect(same('http://phone.example')).toBe(true)
    for (const origin of [
      null,
      'null',
      '',
      'http://phone.example:81',
      'http://phone.example.evil',
      'http://evil/phone.example',
      'phone.example',
    ]) {
      expect(same(origin)).toBe(false)
    }
    expect(same('http://192.168.1.5:8000', '192.168.1.5:8000')).toBe(true)
  })
})

describe('a download', () => {
  it('that fails on the way breaks off instead of ending well', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    async function* pieces() {
      yield 'half'
      throw new Error('disk')
    }
    await expect(streamed(pieces(), { type: 'text/plain', filename: 'a"b.txt' }).text()).rejects.toThrow()
  })
})
