import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nextAttemptAfterMs, postWebhook, signWebhook } from './webhook.ts'

let seen: { headers: IncomingHttpHeaders; body: string } | undefined
const server = createServer((request, response) => {
  let body = ''
  request.on('data', piece => {
    body += piece
  })
  request.on('end', () => {
    seen = { headers: request.headers, body }
    if (request.url === '/away') response.writeHead(302, { location: '/' })
    response.end('x'.repeat(1_000_000))
  })
})
let base = ''

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('a webhook', () => {
  it('carries a signature that its receiver can recompute', async () => {
    const status = await postWebhook(new URL(base), '{"event":"call.ended"}', 'whsec_x', { allowsPrivate: true })
    expect(status).toBe(200)
    const [, at, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(seen?.headers['x-call-signature']))!
    expect(mac).toBe(createHmac('sha256', 'whsec_x').update(`${at}.${seen?.body}`).digest('hex'))
    expect(signWebhook('a', 'b', 1)).not.toBe(signWebhook('a', 'b', 2))
  })
  it('does not follow a redirect', async () => {
    expect(await postWebhook(new URL('/away', base), '{}', 's', { allowsPrivate: true })).toBe(302)
  })
  it('reports nobody at the other end as null', async () => {
    expect(await postWebhook(new URL('http://127.0.0.1:9/'), '{}', 's', { allowsPrivate: true })).toBe(null)
  })
  it('is tried again ever more slowly, then given up', () => {
    const waits = Array.from({ length: 7 }, (_, i) => nextAttemptAfterMs(i + 1))
    expect(waits.slice(0, 6)).toEqual([...waits.slice(0, 6)].sort((a, b) => a! - b!))
    expect(waits[6]).toBe(null)
  })
})
