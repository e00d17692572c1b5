import { expect, test, vi } from 'vitest'
import { createClient } from './client.ts'
import { ApiError } from './problem.ts'

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  async () =>
    Response.json(body, { status, headers })

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as ApiError,
  )

test('a refusal carries the sentence, the code and the fields of the service', async () => {
  const client = createClient({
    fetch: answer(422, {
      code: 'invalid',
      detail: 'name: must not be empty.',
      errors: [{ path: ['name'], message: 'must not be empty' }],
    }),
  })
  const error = await failure(client.post('/api/v1/people', { body: {} }))
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    status: 422,
    code: 'invalid',
    message: 'name: must not be empty.',
    fields: { name: 'must not be empty' },
  })
})

test('a service that cannot be reached is its own kind of failure', async () => {
  const client = createClient({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
  expect(await failure(client.get('/health'))).toMatchObject({ status: 0, isUnreachable: true })
})

test('a page of a proxy in place of JSON is no crash', async () => {
  const client = createClient({ fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }) })
  expect(await failure(client.get('/health'))).toMatchObject({ status: 502, message: '' })
})

test('the wait that the service asks for is kept', async () => {
  const client = createClient({ fetch: answer(429, { detail: 'Too many.' }, { 'retry-after': '12' }) })
  expect(await failure(client.get('/x'))).toMatchObject({ retryAfterS: 12 })
})

test('a lost session is told, a wrong password is not', async () => {
  const onSignedOut = vi.fn()
  const client = createClient({ onSignedOut, fetch: answer(401, { code: 'unauthenticated', detail: 'No.' }) })
  await failure(client.post('/api/v1/sign-in', { body: {} }))
  expect(onSignedOut).not.toHaveBeenCalled()
  await failure(client.get('/api/v1/calls'))
  expect(onSignedOut).toHaveBeenCalledOnce()
})

test('a bearer token that ran out is renewed once and the request goes again', async () => {
  const seen: (string | null)[] = []
  const client = createClient({
    tokens: { read: async () => 'old', renew: async () => 'new' },
    fetch: async (_url, init) => {
      const sent = new Headers(init?.headers).get('authorization')
      seen.push(sent)
      return sent === 'Bearer new'
        ? Response.json({ fine: true })
        : Response.json({ code: 'unauthenticated' }, { status: 401 })
    },
  })
  expect(await client.get('/api/v1/calls')).toEqual({ fine: true })
  expect(seen).toEqual(['Bearer old', 'Bearer new'])
})

test('empty filters are not sent', () => {
  const client = createClient({ serverUrl: 'http://phone.local:8000' })
  expect(client.url('/api/v1/calls', { q: '', action: undefined, limit: 50, archived: false })).toBe(
    'http://phone.local:8000/api/v1/calls?limit=50&archived=false',
  )
})

/** A service that takes the question and says nothing until the caller gives up. */
const silent = (_url: string | URL | Request, init?: RequestInit) =>
  new Promise<Response>((_, reject) => {
    const give = () => reject(init?.signal?.reason)
    if (init?.signal?.aborted) give()
    init?.signal?.addEventListener('abort', give, { once: true })
  })

test('a service that never answers is given up on, with a sentence of its own', async () => {
  const client = createClient({ fetch: silent, patienceMs: 20 })
  expect(await failure(client.get('/api/v1/calls'))).toMatchObject({ status: 0, code: 'timeout' })
  const { signal } = new AbortController()
  expect(await failure(client.get('/api/v1/calls', { signal }))).toMatchObject({ code: 'timeout' })
})

test('an answer that stops in the middle is given up on as well', async () => {
  const stuck = async (_url: string | URL | Request, init?: RequestInit) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"calls": ['))
        init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
      },
    })
    return new Response(body, { headers: { 'content-type': 'application/json' } })
  }
  const client = createClient({ fetch: stuck, patienceMs: 20 })
  expect(await failure(client.get('/api/v1/calls'))).toMatchObject({ status: 0, code: 'timeout' })
})

test('a page that goes away, an upload and a file are not a matter of patience', async () => {
  const client = createClient({ fetch: silent, patienceMs: 20 })
  const gone = new AbortController()
  const asked = client.get('/api/v1/calls', { signal: gone.signal })
  gone.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })

  const slow = async () => {
    await new Promise(resolve => setTimeout(resolve, 60))
    return Response.json({ added: 1 })
  }
  const patient = createClient({ fetch: slow, patienceMs: 20 })
  const raw = { content: 'BEGIN:VCARD', type: 'text/vcard' }
  expect(await patient.post('/api/v1/people/import', { raw })).toEqual({ added: 1 })
  expect((await patient.open('GET', '/api/v1/account/export')).ok).toBe(true)
})
