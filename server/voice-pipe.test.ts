import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { issueTicket } from '#lib/accounts/index.ts'
import { startWeb, type Web } from '../test/web.ts'

const folder = mkdtempSync(join(tmpdir(), 'ai-call-voice-'))
const voiceSocket = join(folder, 'agent.sock')
const agent = createServer()
const sockets = new WebSocketServer({ noServer: true })
const seen: IncomingMessage[] = []
let web: Web
let userId: number

beforeAll(async () => {
  agent.on('upgrade', (request, socket, head) => {
    seen.push(request)
    sockets.handleUpgrade(request, socket, head, open => open.on('message', data => open.send(data)))
  })
  agent.listen(voiceSocket)
  await once(agent, 'listening')
  web = await startWeb({}, { voiceSocket })
  const response = await fetch(`${web.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'anna', email: 'anna@example.com', password: 'Str0ngPhrase!42' }),
  })
  userId = ((await response.json()) as { id: number }).id
})
afterAll(async () => {
  await web.stop()
  sockets.close()
  agent.close()
  rmSync(folder, { recursive: true, force: true })
})

const ticketFor = async () => (await issueTicket('socket', { userId })).ticket

function open(ticket: string, headers: Record<string, string> = {}): WebSocket {
  const origin = headers.origin ?? web.url
  return new WebSocket(`${web.url.replace('http', 'ws')}/api/v1/voice?ticket=${ticket}`, {
    headers: { ...headers, origin },
  })
}

/** The status with which the handshake was refused. */
async function refusal(socket: WebSocket): Promise<number> {
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  socket.on('error', () => {})
  socket.terminate()
  return response.statusCode!
}

test('bytes go untouched to the voice process, which is told whose they are', async () => {
  const socket = open(await ticketFor(), { 'x-user-id': '999', cookie: 'secret=1', authorization: 'Bearer secret' })
  await once(socket, 'open')
  const sent = Buffer.from(Uint8Array.from({ length: 640 }, (_, i) => i % 256))
  socket.send(sent)
  const [echoed] = (await once(socket, 'message')) as [Buffer]
  expect(Buffer.compare(echoed, sent)).toBe(0)
  const { headers, url } = seen.at(-1)!
  expect(headers['x-user-id']).toBe(String(userId))
  expect(headers).not.toHaveProperty('cookie')
  expect(headers).not.toHaveProperty('authorization')
  expect(url).not.toContain('ticket')
  const closed = once(socket, 'close')
  socket.close()
  await closed
})

test('a ticket works once', async () => {
  const ticket = await ticketFor()
  const socket = open(ticket)
  await once(socket, 'open')
  expect(await refusal(open(ticket))).toBe(401)
  socket.terminate()
})

test('another page may not open the line, even with a ticket', async () => {
  for (const origin of ['https://evil.example', 'null', `${web.url}.evil.example`])
    expect(await refusal(open(await ticketFor(), { origin }))).toBe(403)
})

test('a voice process that is not there is 503, and one that goes takes the socket with it', async () => {
  const socket = open(await ticketFor())
  await once(socket, 'open')
  const closed = once(socket, 'close')
  for (const each of sockets.clients) each.terminate()
  await closed
  await new Promise(resolve => agent.close(resolve))
  expect(await refusal(open(await ticketFor()))).toBe(503)
})
