import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { CallDetailDto, CommandInput } from '#lib/calls/contract.ts'
import type { ToBrowser } from '#lib/voice/contract.ts'
import { type Service, startService } from './service.ts'

/** A recogniser that always hears the same: what it hears is the test's. */
export async function standInRecogniser(): Promise<{ url: string; hears(text: string): void; server: Server }> {
  let text = ''
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => response.end(JSON.stringify({ text })))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hears(next) {
      text = next
    },
    server,
  }
}

/** A service with its voice process, and people who are signed in there. */
export async function startVoice(settings: Record<string, string>) {
  const service = await startService({ ROLE: 'all', ...settings })
  const health = async () =>
    (await (await fetch(`${service.url}/health`)).json()) as { details: { voice: { working: boolean } } }
  await vi.waitFor(async () => expect((await health()).details.voice.working).toBe(true), {
    timeout: 90_000,
    interval: 500,
  })
  return {
    service,
    isWorking: async () => (await health()).details.voice.working,
    signIn: (username: string) => signIn(service, username),
  }
}

export type Somebody = Awaited<ReturnType<typeof signIn>>

async function signIn(service: Service, username: string) {
  let token = ''
  const headers = () => ({ 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) })
  const ask = (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') =>
    fetch(service.url + path, {
      method,
      headers: headers(),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  async function post<T>(path: string, body: unknown = {}): Promise<T> {
    const response = await ask(path, body)
    if (!response.ok) throw new Error(`${path} ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const password = 'Quiet-harbour-58'
  await post('/auth/register', { username, email: `${username}@example.com`, password })
  token = (await post<{ token: string }>('/auth/login', { username, password })).token

  return {
    ask,
    post,
    readCall: async (callId: string) => (await (await ask(`/api/v1/calls/${callId}`)).json()) as CallDetailDto,
    order: (callId: string, command: CommandInput) => ask(`/api/v1/calls/${callId}/commands`, command),
    async address(): Promise<string> {
      const { ticket } = await post<{ ticket: string }>('/api/v1/tickets')
      return `${service.url.replace('http', 'ws')}/api/v1/voice?ticket=${encodeURIComponent(ticket)}`
    },
    /** Opens a page with a microphone; `first` is what it says before it sends sound. */
    async openPage(first?: object) {
      const address = await this.address()
      return openPage(service.url, address, first)
    },
  }
}

/** A page with a microphone: it sends silence, or what it is told to say, and keeps what it hears. */
async function openPage(url: string, address: string, first?: object) {
  const socket = new WebSocket(address, { origin: url })
  const messages: ToBrowser[] = []
  const heard: Int16Array[] = []
  let loudest = 0
  let speech: Int16Array = new Int16Array(0)
  let isLooped = false
  let at = 0
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return void messages.push(JSON.parse(data.toString()))
    const samples = new Int16Array(data.length >> 1)
    for (let i = 0; i < samples.length; i++) samples[i] = data.readInt16LE(i * 2)
    for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample))
    heard.push(samples)
    if (heard.length > 200) heard.shift()
  })
  const closed = new Promise<number>(resolve => socket.once('close', resolve))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  if (first) socket.send(JSON.stringify(first))
  const timer = setInterval(() => {
    const frame = new Int16Array(320)
    frame.set(speech.subarray(at, at + 320))
    at += 320
    if (isLooped && at + 320 > speech.length) at = 0
    if (socket.readyState === socket.OPEN) socket.send(new Uint8Array(frame.buffer))
  }, 20)
  socket.on('close', () => clearInterval(timer))
  const events = () => messages.flatMap(message => (message.type === 'event' ? [message] : []))
  return {
    address,
    socket,
    messages,
    events,
    closed,
    loudest: () => loudest,
    callId: () => messages.find(message => message.type === 'call')?.callId ?? '',
    /** The last second that came from the line. */
    lastSecond: () => Int16Array.from(heard.slice(-50).flatMap(samples => [...samples])),
    say(samples: Int16Array) {
      speech = samples
      isLooped = false
      at = 0
    },
    hum(samples: Int16Array) {
      speech = samples
      isLooped = true
      at = 0
    },
    hangUp: () => socket.send(JSON.stringify({ type: 'hang_up' })),
    /** The tab is closed: what a browser says then. */
    closeTab: () => socket.close(1001),
    endedBecause: () => messages.findLast(message => message.type === 'ended')?.reason,
    until: (kind: string, isIt: (data: Record<string, unknown>) => boolean = () => true) =>
      expect
        .poll(() => events().some(event => event.kind === kind && isIt(event.data)), { timeout: 40_000, interval: 50 })
        .toBe(true),
  }
}

export type Page = Awaited<ReturnType<typeof openPage>>
