import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { CallDetailDto } from '#lib/calls/contract.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import type { ToBrowser } from '#lib/voice/contract.ts'
import { endAll, type Service, startService } from './service.ts'

/** The whole way of a browser's microphone: ticket, pipe, voice process, engines, rows. Only the recogniser is a stand-in. */
let service: Service
let token: string
let said = 'Hello, this is Anna Becker, I am calling about the invoice for the kitchen.'
const recogniser = createServer((request, response) => {
  request.resume()
  request.on('end', () => response.end(JSON.stringify({ text: said })))
})

beforeAll(async () => {
  await new Promise<void>(resolve => recogniser.listen(0, '127.0.0.1', resolve))
  const { port } = recogniser.address() as AddressInfo
  service = await startService({ ROLE: 'all', STT_URL: `http://127.0.0.1:${port}` })
  await post('/auth/register', { username: 'anna', email: 'anna@example.com', password: 'Quiet-harbour-58' })
  const login = await post('/auth/login', { username: 'anna', password: 'Quiet-harbour-58' })
  token = (login as { token: string }).token
  await vi.waitFor(async () => expect(await isVoiceWorking()).toBe(true), { timeout: 90_000, interval: 500 })
})
afterAll(async () => {
  await endAll()
  recogniser.close()
})

async function post(path: string, body: unknown = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const response = await fetch(service.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} ${response.status} ${await response.text()}`)
  return response.json()
}

async function readCall(callId: string): Promise<CallDetailDto> {
  const response = await fetch(`${service.url}/api/v1/calls/${callId}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return (await response.json()) as CallDetailDto
}

async function isVoiceWorking(): Promise<boolean> {
  const health = (await (await fetch(`${service.url}/health`)).json()) as { details: { voice: { working: boolean } } }
  return health.details.voice.working
}

/** A page with a microphone: it sends silence, or what it is told to say. */
async function openPage() {
  const { ticket } = (await post('/api/v1/tickets')) as { ticket: string }
  const address = `${service.url.replace('http', 'ws')}/api/v1/voice?ticket=${encodeURIComponent(ticket)}`
  const socket = new WebSocket(address, { origin: service.url })
  const messages: ToBrowser[] = []
  let loudest = 0
  let speech: Int16Array = new Int16Array(0)
  let at = 0
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return void messages.push(JSON.parse(data.toString()))
    for (let i = 0; i + 1 < data.length; i += 2) loudest = Math.max(loudest, Math.abs(data.readInt16LE(i)))
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const timer = setInterval(() => {
    const frame = new Int16Array(320)
    frame.set(speech.subarray(at, at + 320))
    at += 320
    if (socket.readyState === socket.OPEN) socket.send(new Uint8Array(frame.buffer))
  }, 20)
  socket.on('close', () => clearInterval(timer))
  const events = () => messages.flatMap(message => (message.type === 'event' ? [message] : []))
  return {
    address,
    socket,
    messages,
    events,
    loudest: () => loudest,
    callId: () => messages.find(message => message.type === 'call')?.callId ?? '',
    say(samples: Int16Array) {
      speech = samples
      at = 0
    },
    until: (kind: string, isIt: (data: Record<string, unknown>) => boolean = () => true) =>
      expect
        .poll(() => events().some(event => event.kind === kind && isIt(event.data)), { timeout: 40_000, interval: 50 })
        .toBe(true),
  }
}

test('a page talks to its own line: heard, decided, steered, written down', async () => {
  const page = await openPage()
  await page.until('doing', ({ doing }) => doing === 'Listening')
  expect(page.loudest()).toBeGreaterThan(1_000)
  page.say(createFlite()(said, 'rms'))
  await page.until('heard', ({ text }) => text === said)
  await page.until('decided')
  await post(`/api/v1/calls/${page.callId()}/commands`, { kind: 'ask', text: 'What is your order number?' })
  await page.until('said', ({ text }) => text === 'What is your order number?')
  said = 'My order number is four five six.'
  page.socket.send(JSON.stringify({ type: 'hang_up' }))
  await expect.poll(async () => (await readCall(page.callId())).status, { timeout: 20_000 }).toBe('completed')
  const call = await readCall(page.callId())
  expect(call).toMatchObject({ source: 'try', callerName: 'Anna Becker' })
  expect(call.timeline.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['received', 'answered', 'command', 'ended']),
  )
  expect(call.latencyMs).toMatchObject({ answer_to_first_word: expect.any(Number), decision: expect.any(Number) })
})

test('a ticket opens the line once, and only from this page', async () => {
  const page = await openPage()
  const refused = (address: string, origin: string) =>
    new Promise<number>(resolve => {
      const socket = new WebSocket(address, { origin })
      socket.on('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0)
        socket.terminate()
      })
      socket.on('open', () => resolve(101))
      socket.on('error', () => {})
    })
  expect(await refused(page.address, service.url)).toBe(401)
  const { ticket } = (await post('/api/v1/tickets')) as { ticket: string }
  const fresh = `${service.url.replace('http', 'ws')}/api/v1/voice?ticket=${encodeURIComponent(ticket)}`
  expect(await refused(fresh, 'https://evil.example')).toBe(403)
  page.socket.close()
})

test('what is not understood closes that page and nobody else’s', async () => {
  const [good, bad] = [await openPage(), await openPage()]
  const closed = new Promise<number>(resolve => bad.socket.once('close', resolve))
  bad.socket.send('{"type":"nonsense"')
  expect(await closed).toBe(1007)
  await good.until('answered')
  const huge = await openPage()
  const gone = new Promise<number>(resolve => huge.socket.once('close', resolve))
  huge.socket.send(Buffer.alloc(1_000_000))
  expect([1006, 1009]).toContain(await gone)
  expect(good.socket.readyState).toBe(good.socket.OPEN)
  expect(await isVoiceWorking()).toBe(true)
  good.socket.close()
})

test('a sentence can be heard before any telephone exists; a language without a voice says so', async () => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const hear = (body: object) =>
    fetch(`${service.url}/api/v1/voice/preview`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await hear({ text: 'Hello, who is calling?', language: 'en' })
  expect(answer.headers.get('content-type')).toBe('audio/wav')
  const wav = Buffer.from(await answer.arrayBuffer())
  expect(wav.subarray(0, 4).toString()).toBe('RIFF')
  expect(wav.length).toBeGreaterThan(20_000)
  const german = await hear({ text: 'Guten Tag', language: 'de' })
  expect(german.status).toBe(422)
  expect(((await german.json()) as { detail: string }).detail).toContain('No voice')
  expect((await hear({ text: '', language: 'en' })).status).toBe(422)
})
