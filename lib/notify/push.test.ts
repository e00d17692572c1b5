import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { database } from '#lib/database.ts'
import { createPushSender } from './push.ts'
import type { SubscriptionRow } from './repo-push.ts'
import { createReceiver, readVapid } from './testing/receiver.ts'
import { vapidKeys } from './vapid.ts'

const folder = mkdtempSync(join(tmpdir(), 'ai-call-push-'))
const seen: { headers: Record<string, unknown>; body: Buffer }[] = []
let status = 201
let base = ''
let close = () => {}

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder })
  await database()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
    ],
    { stdio: 'ignore' },
  )
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const pieces: Buffer[] = []
    request.on('data', piece => pieces.push(piece as Buffer))
    request.on('end', () => {
      seen.push({ headers: request.headers, body: Buffer.concat(pieces) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(async () => {
  close()
  await (await database()).close()
  rmSync(folder, { recursive: true, force: true })
})

const receiver = createReceiver()
const row = (): SubscriptionRow => ({
  id: 1,
  userId: 1,
  sessionId: null,
  kind: 'web',
  endpoint: `${base}/device`,
  ...receiver.keys,
  userAgent: '',
  createdAt: '',
  deliveredAt: null,
  failures: 0,
})
const message = {
  kind: 'message',
  title: 'Anna left a message',
  body: 'Open to see it.',
  call: 7,
  callId: 'a',
  actions: [],
} as const

it('a push can be read by the device that subscribed, and by nobody on the way', async () => {
  const send = createPushSender({ subject: 'mailto:a@example.com', agent: new Agent({ rejectUnauthorized: false }) })
  expect(await send(row(), { ...message, actions: [] })).toBe('delivered')
  const { headers, body } = seen[0]!
  expect(body.includes('Anna')).toBe(false)
  expect(JSON.parse(receiver.decrypt(body))).toEqual(message)
  const claims = readVapid(String(headers.authorization), (await vapidKeys()).publicKey)
  expect(claims).toMatchObject({ aud: base, sub: 'mailto:a@example.com' })
  expect(claims.exp).toBeGreaterThan(Date.now() / 1000)
  expect(() => createReceiver().decrypt(body)).toThrow()
})

it('a device that is gone is told apart from a push service in trouble', async () => {
  const send = createPushSender({ subject: 'mailto:a@example.com', agent: new Agent({ rejectUnauthorized: false }) })
  status = 410
  expect(await send(row(), { ...message, actions: [] })).toBe('gone')
  status = 500
  expect(await send(row(), { ...message, actions: [] })).toBe('failed')
})

it('never connects to an address inside the house', async () => {
  seen.length = 0
  const send = createPushSender({ subject: 'mailto:a@example.com' })
  const inside = { ...row(), endpoint: base.replace('127.0.0.1', 'localhost') }
  expect(await send(inside, { ...message, actions: [] })).toBe('failed')
  expect(seen).toEqual([])
})
