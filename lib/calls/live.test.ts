import { setTimeout as sleep } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { describe, expect, test } from 'vitest'
import { openDatabase, run } from '#db/open.ts'
import { asking, bearer, type Person } from '../../test/asking.ts'
import { env } from '../env.ts'
import { toInstant } from '../instant.ts'
import { insertEvents } from './repo-events.ts'

const { ask, newUser, web } = asking({ OLLAMA_HOST: 'http://127.0.0.1:9' })

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 5_000 })

type Message = { id: string | undefined; event: string | undefined; data: Record<string, unknown> }

/** A client that listens like ours does. */
async function listen(person: Person, headers: Record<string, string> = {}) {
  const stop = new AbortController()
  const response = await fetch(`${web().url}/api/v1/events`, {
    headers: { ...bearer(person.token), ...headers },
    signal: stop.signal,
  })
  const messages: Message[] = []
  const parser = createParser({
    onEvent: ({ id, event, data }) => messages.push({ id, event, data: JSON.parse(data) }),
  })
  const decoder = new TextDecoder()
  const over = (async () => {
    try {
      for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }))
    } catch {
      // Stopped by the test.
    }
    return 'over' as const
  })()
  const has = (event: string) => messages.filter(message => message.event === event)
  return { response, messages, has, over, stop: () => stop.abort() }
}

const call = (person: Person, id: string) =>
  ask(
    'POST',
    '/call/incoming',
    { call_id: id, caller_number: '+4930123456', called_number: '100', transcript: 'Hello' },
    bearer(person.token),
  )

describe('the live view', () => {
  test('tells an owner what happens in the own calls, in order, and nobody else', async () => {
    const [anna, ben] = [await newUser(), await newUser()]
    const [hers, his] = [await listen(anna), await listen(ben)]
    expect(hers.response.headers.get('content-type')).toContain('text/event-stream')
    await eventually(() => hers.has('ready').length).toBe(1)
    await call(anna, 'c1')
    await eventually(() => hers.has('call').map(({ data }) => data.kind)).toContain('said')
    expect(
      hers
        .has('call')
        .map(({ data }) => data.kind)
        .slice(0, 3),
    ).toEqual(['received', 'heard', 'decided'])
    const ids = hers.has('call').map(({ id }) => Number(id))
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
    expect(his.has('call')).toEqual([])
    for (const client of [hers, his]) client.stop()
  })

  test('goes on where a client stopped, without gaps or doubles', async () => {
    const anna = await newUser()
    await call(anna, 'c1')
    const first = await listen(anna, { 'last-event-id': '0' })
    await eventually(() => first.has('call').length).toBeGreaterThan(3)
    const seen = first.messages.filter(({ id }) => id).map(({ id }) => Number(id))
    first.stop()
    await call(anna, 'c2')
    const again = await listen(anna, { 'last-event-id': String(Math.max(...seen)) })
    await eventually(() => again.has('ready').length).toBe(1)
    expect(new Set(again.has('call').map(({ data }) => data.callId))).toEqual(new Set(['c2']))
    again.stop()
  })

  test('asks a client that knows of a future to load again, and takes nonsense for nothing', async () => {
    const anna = await newUser()
    const [future, nonsense] = [
      await listen(anna, { 'last-event-id': '999999999' }),
      await listen(anna, { 'last-event-id': '-1; DROP' }),
    ]
    await eventually(() => future.has('reset').length).toBe(1)
    await eventually(() => nonsense.has('ready').length).toBe(1)
    expect(nonsense.has('reset')).toEqual([])
    for (const client of [future, nonsense]) client.stop()
  })

  test('tells other pages of edits and deletions', async () => {
    const anna = await newUser()
    await call(anna, 'c1')
    const page = await listen(anna)
    await eventually(() => page.has('ready').length).toBe(1)
    await ask('PATCH', '/api/v1/calls/c1', { isRead: true }, bearer(anna.token))
    await eventually(() => page.has('changed').map(({ data }) => data)).toEqual([{ callId: 'c1' }])
    await ask('DELETE', '/api/v1/calls/c1', undefined, bearer(anna.token))
    await eventually(() => page.has('deleted').map(({ data }) => data)).toEqual([{ callId: 'c1' }])
    page.stop()
  })

  test('shows what another process writes', async () => {
    const anna = await newUser()
    await call(anna, 'c1')
    const page = await listen(anna)
    await eventually(() => page.has('ready').length).toBe(1)
    const other = await openDatabase(`${web().dataDir}/users.db`, { isHelper: true })
    const { callHistory: t } = other.tables
    await other.write(function* (tx) {
      const rows = yield* run(tx.select({ id: t.id, userId: t.userId }).from(t))
      const row = rows.find(({ userId }) => userId === anna.id)!
      const event = { atMs: 1, kind: 'key' as const, data: { digit: '5' } }
      yield* insertEvents(tx, other.tables, 'sqlite', row.id, row.userId, [event], toInstant(Date.now()))
    })
    await eventually(() => page.has('call').map(({ data }) => data.kind)).toContain('key')
    await other.close()
    page.stop()
  })

  test('ends within a second when the session is signed out', async () => {
    const [anna, ben] = [await newUser(), await newUser()]
    const [hers, his] = [await listen(anna), await listen(ben)]
    await eventually(() => hers.has('ready').length).toBe(1)
    await ask('POST', '/auth/logout', undefined, bearer(anna.token))
    expect(await Promise.race([hers.over, sleep(2_000, 'still open')])).toBe('over')
    expect(hers.has('end')[0]?.data).toEqual({ reason: 'signed_out' })
    expect(await Promise.race([his.over, sleep(50, 'still open')])).toBe('still open')
    his.stop()
  })

  test('ends when another process deactivates the user', async () => {
    const anna = await newUser()
    const page = await listen(anna)
    await eventually(() => page.has('ready').length).toBe(1)
    const other = await openDatabase(`${web().dataDir}/users.db`, { isHelper: true })
    const { users } = other.tables
    const { eq } = await import('drizzle-orm')
    await other.write(function* (tx) {
      yield* run(tx.update(users).set({ isActive: 0 }).where(eq(users.id, anna.id)))
    })
    expect(await Promise.race([page.over, sleep(5_000, 'still open')])).toBe('over')
    await other.close()
  })

  test('gives each person twenty streams and takes a place back when one ends', async () => {
    const anna = await newUser()
    Object.assign(env(), { RATE_LIMITS: 'on' })
    const pages = await Promise.all(Array.from({ length: 20 }, () => listen(anna)))
    const refused = await ask('GET', '/api/v1/events', undefined, bearer(anna.token))
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBeTruthy()
    pages[0]!.stop()
    await eventually(async () => {
      const page = await listen(anna)
      page.stop()
      return page.response.status
    }).toBe(200)
    Object.assign(env(), { RATE_LIMITS: 'off' })
    for (const page of pages) page.stop()
  })
})
