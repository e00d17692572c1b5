import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { run } from '#db/open.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '#lib/database.ts'
import { now, toInstant } from '#lib/instant.ts'
import { NotificationPreferences, type PushMessage } from './contract.ts'
import { deliverWebhooks, notifyNewEvents } from './notifier.ts'
import { createWebhook, listWebhooks, saveNotificationPreferences, subscribe } from './service.ts'

const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
const noon = new Date('2026-06-01T12:00:00Z')
let dataDir: string
let anna: Actor
let ben: Actor
let sent: { userId: number; message: PushMessage }[] = []
const send = async (row: { userId: number }, message: PushMessage) => {
  sent.push({ userId: row.userId, message })
  return 'delivered' as const
}

async function addUser(username: string, role: 'admin' | 'member'): Promise<Actor> {
  const { write, tables } = await database()
  const [row] = await write(function* (tx) {
    const values = {
      username,
      usernameKey: username,
      email: `${username}@example.com`,
      emailKey: username,
      passwordHash: '-',
      createdAt: now(),
      role,
    }
    return yield* run(tx.insert(tables.users).values(values).returning())
  })
  return { userId: row!.id, username, role, via: 'system', scopes: ['all'] }
}

async function addEvent(
  owner: Actor,
  kind: string,
  data: Record<string, unknown>,
  source: 'phone' | 'try' = 'phone',
  personId: number | null = null,
) {
  const { write, tables } = await database()
  await write(function* (tx) {
    const [call] = yield* run(
      tx
        .insert(tables.callHistory)
        .values({
          userId: owner.userId,
          callId: `${kind}-${Math.random()}`,
          callerNumber: '+49301234567',
          calledNumber: '100',
          timestamp: now(),
          status: 'in_progress',
          source,
          personId,
        })
        .returning(),
    )
    const createdAt = toInstant(Date.now() - 1000)
    yield* run(
      tx.insert(tables.callEvents).values({ call: call!.id, userId: owner.userId, atMs: 0, kind, data, createdAt }),
    )
  })
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ai-call-notify-'))
  Object.assign(process.env, { DATA_DIR: dataDir })
  anna = await addUser('anna', 'admin')
  ben = await addUser('ben', 'member')
  await notifyNewEvents(send, noon)
  for (const actor of [anna, ben])
    await subscribe(actor, { endpoint: `https://push.example.com/${actor.username}`, keys, kind: 'web' }, 'test')
})
afterAll(async () => {
  await (await database()).close()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  sent = []
})

describe('new events', () => {
  it('reach the devices of the owner and nobody else, once', async () => {
    await addEvent(ben, 'received', { source: 'phone' })
    await Promise.all([notifyNewEvents(send, noon), notifyNewEvents(send, noon)])
    expect(sent.map(({ userId, message }) => [userId, message.kind])).toEqual([[ben.userId, 'incoming']])
  })
  it('of a try-out or an API call ring nobody', async () => {
    await addEvent(ben, 'voicemail', { durationMs: 1 }, 'try')
    await addEvent(ben, 'received', { source: 'api' })
    await notifyNewEvents(send, noon)
    expect(sent).toEqual([])
  })
  it('keep quiet in quiet hours', async () => {
    const quiet = NotificationPreferences.parse({ quietFromMin: 22 * 60, quietToMin: 7 * 60 })
    await saveNotificationPreferences(ben, quiet)
    await addEvent(ben, 'voicemail', { durationMs: 1 })
    await notifyNewEvents(send, new Date('2026-06-01T23:00:00Z'))
    expect(sent).toEqual([])
    await addEvent(ben, 'voicemail', { durationMs: 1 })
    await notifyNewEvents(send, noon)
    expect(sent.map(({ message }) => message.kind)).toEqual(['message'])
  })
})

describe('quiet hours', () => {
  const night = new Date('2026-06-01T23:00:00Z')
  const quiet = { quietFromMin: 22 * 60, quietToMin: 7 * 60 }

  async function addPerson(name: string, trust: 'favourite' | 'known', own: Partial<typeof quiet> = {}) {
    const { write, tables } = await database()
    return write(function* (tx) {
      const values = { userId: ben.userId, name, trust, createdAt: now(), updatedAt: now(), ...own }
      const [row] = yield* run(tx.insert(tables.people).values(values).returning())
      return row!.id
    })
  }

  it('are broken by favourites where their owner wants it, and by nobody else', async () => {
    const [favourite, known] = [await addPerson('Mum', 'favourite'), await addPerson('Bob', 'known')]
    const heardOf = async (favouritesRing: boolean) => {
      await saveNotificationPreferences(ben, NotificationPreferences.parse({ ...quiet, favouritesRing }))
      sent = []
      for (const personId of [favourite, known]) await addEvent(ben, 'voicemail', { durationMs: 1 }, 'phone', personId)
      await notifyNewEvents(send, night)
      return sent.map(({ message }) => message.title)
    }
    expect(await heardOf(false)).toEqual([])
    expect(await heardOf(true)).toEqual(['Mum left a message'])
  })

  it('of one person hold for that person alone, favourite or not', async () => {
    await saveNotificationPreferences(ben, NotificationPreferences.parse({ favouritesRing: true }))
    const [resting, other] = [await addPerson('Aunt', 'favourite', quiet), await addPerson('Sam', 'known')]
    for (const personId of [resting, other]) await addEvent(ben, 'voicemail', { durationMs: 1 }, 'phone', personId)
    await notifyNewEvents(send, night)
    expect(sent.map(({ message }) => message.title)).toEqual(['Sam left a message'])
    await addEvent(ben, 'voicemail', { durationMs: 1 }, 'phone', resting)
    await notifyNewEvents(send, noon)
    expect(sent).toHaveLength(2)
  })
})

describe('a device whose session was revoked', () => {
  it('hears nothing from then on', async () => {
    const { write, tables } = await database()
    const session = {
      id: 'ben-phone',
      userId: ben.userId,
      kind: 'web' as const,
      userAgent: '',
      address: '',
      createdAt: now(),
      seenAt: now(),
    }
    await write(function* (tx) {
      yield* run(tx.insert(tables.sessions).values({ ...session, expiresAt: toInstant(Date.now() + 60_000) }))
    })
    await subscribe(
      { ...ben, sessionId: 'ben-phone' },
      { endpoint: 'https://push.example.com/ben', keys, kind: 'web' },
      'test',
    )
    await addEvent(ben, 'voicemail', { durationMs: 1 })
    await notifyNewEvents(send, noon)
    expect(sent).toHaveLength(1)
    await write(function* (tx) {
      yield* run(tx.update(tables.sessions).set({ revokedAt: now() }))
    })
    await addEvent(ben, 'voicemail', { durationMs: 1 })
    await notifyNewEvents(send, noon)
    expect(sent).toHaveLength(1)
  })
})

describe('a device that subscribes again as somebody else', () => {
  it('stops hearing of the first person', async () => {
    await subscribe(anna, { endpoint: 'https://push.example.com/ben', keys, kind: 'web' }, 'test')
    await addEvent(ben, 'voicemail', { durationMs: 1 })
    await notifyNewEvents(send, noon)
    expect(sent).toEqual([])
  })
})

describe('webhooks', () => {
  it('are refused towards the inside of the house unless an administrator asks', async () => {
    const input = { url: 'http://127.0.0.1:1/', events: ['call.ended' as const] }
    await expect(createWebhook(ben, input)).rejects.toMatchObject({ code: 'invalid' })
  })
  it('are delivered when their receiver comes back, in order of what they asked for', async () => {
    const bodies: string[] = []
    let status = 500
    const server = createServer((request, response) => {
      request.on('data', piece => bodies.push(String(piece)))
      request.on('end', () => response.writeHead(status).end())
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    await createWebhook(anna, {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      events: ['message.received'],
    })
    await addEvent(anna, 'received', { source: 'phone' })
    await addEvent(anna, 'voicemail', { durationMs: 1 })
    await notifyNewEvents(send, noon)
    await deliverWebhooks()
    expect(bodies.map(body => JSON.parse(body).event)).toEqual(['message.received'])
    expect((await listWebhooks(anna)).webhooks[0]).toMatchObject({ lastStatus: 500, lastDeliveredAt: null })

    status = 204
    const { write, tables } = await database()
    await write(function* (tx) {
      yield* run(tx.update(tables.webhookDeliveries).set({ nextAt: now() }))
    })
    await deliverWebhooks()
    expect((await listWebhooks(anna)).webhooks[0]).toMatchObject({ lastStatus: 204 })
    server.closeAllConnections()
    server.close()
  })
})
