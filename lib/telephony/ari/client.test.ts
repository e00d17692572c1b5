import { createServer, type IncomingMessage, type Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Ari, AriError, type AriState, connectAri } from './client.ts'

/** An Asterisk that says what a test wants. */
let server: Server
let sockets: WebSocket[]
let requests: { line: string; authorization: string | undefined; body: string }[]
let answer: (request: IncomingMessage) => { status: number; body?: string; type?: string }
let isRefusing = false
let ari: Ari | null = null

beforeEach(async () => {
  sockets = []
  requests = []
  isRefusing = false
  answer = () => ({ status: 204 })
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    requests.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization, body })
    const { status, body: text = '', type = 'application/json' } = answer(request)
    response.writeHead(status, { 'content-type': type }).end(text)
  })
  const events = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    requests.push({ line: `UPGRADE ${request.url}`, authorization: request.headers.authorization, body: '' })
    if (isRefusing) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
      return
    }
    events.handleUpgrade(request, socket, head, opened => sockets.push(opened))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await ari?.close()
  ari = null
  for (const socket of sockets) socket.terminate()
  server.closeAllConnections()
  await new Promise<void>(resolve => server.close(() => resolve()))
})

function connect(more: Partial<Parameters<typeof connectAri>[0]> = {}): Ari {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  ari = connectAri({
    url: `http://127.0.0.1:${port}`,
    username: 'ai_service',
    password: 'a secret/with?signs',
    app: 'ai-call',
    random: () => 0,
    ...more,
  })
  return ari
}
async function until(check: () => boolean): Promise<void> {
  for (let tries = 0; !check(); tries++) {
    if (tries > 300) throw new Error('It did not happen.')
    await wait(10)
  }
}

describe('the connection to Asterisk', () => {
  it('never has the password in an address', async () => {
    await connect().connected()
    expect(requests[0]!.line).toBe('UPGRADE /ari/events?app=ai-call')
    const encoded = requests[0]!.authorization!.replace('Basic ', '')
    expect(Buffer.from(encoded, 'base64').toString()).toBe('ai_service:a secret/with?signs')
  })

  it('comes back for ever after it was lost, and tells why', async () => {
    const client = connect()
    const states: [AriState, string | null][] = []
    client.onState((state, why) => states.push([state, why]))
    await client.connected()
    for (let round = 1; round <= 3; round++) {
      sockets.at(-1)!.terminate()
      await until(() => sockets.length === round + 1 && client.state === 'connected')
    }
    expect(states.map(([state]) => state)).toEqual([
      'connected',
      ...['lost', 'connected', 'lost', 'connected', 'lost', 'connected'],
    ])
    expect(states[1]![1]).toMatch(/Asterisk/)
  })

  it('says that the password is wrong, and tries again all the same', async () => {
    isRefusing = true
    const client = connect()
    await until(() => client.state === 'lost')
    expect(client.trouble).toMatch(/ASTERISK_PASSWORD/)
    isRefusing = false
    await client.connected()
    expect(client.trouble).toBeNull()
  })

  it('notices an Asterisk that keeps the socket open and says nothing', async () => {
    const client = connect({ pingMs: 40 })
    await client.connected()
    const [first] = sockets
    // pongs are made by the library: a paused socket is one that hangs
    first!.pause()
    await until(() => sockets.length === 2)
    expect(client.state).toBe('connected')
  })

  it('stops when another agent takes the application over', async () => {
    const client = connect()
    await client.connected()
    sockets[0]!.send(JSON.stringify({ type: 'ApplicationReplaced', application: 'ai-call' }))
    await until(() => client.state === 'replaced')
    await wait(400)
    expect(sockets).toHaveLength(1)
  })

  it('passes events on and survives what is no event', async () => {
    const client = connect()
    const seen: string[] = []
    client.onEvent(event => seen.push(event.type))
    await client.connected()
    for (const text of ['{{{', '', 'null-ish', '{"type":"StasisEnd"}']) sockets[0]!.send(text)
    await until(() => seen.length > 0)
    expect(seen).toEqual(['StasisEnd'])
  })
})

describe('a request', () => {
  it('puts names into the path, variables into the body and the rest into the query', async () => {
    const client = connect()
    answer = () => ({ status: 200, body: '{"id":"x"}' })
    await client.call('POST /channels', {
      endpoint: 'PJSIP/100',
      app: 'ai-call',
      callerId: '"A & B" <1>',
      variables: { NAME: 'value' },
    })
    await client.call('DELETE /channels/{channelId}', { channelId: '../../evil?x=1', reason: 'busy' })
    const lines = requests.filter(({ line }) => !line.startsWith('UPGRADE'))
    expect(lines[0]).toMatchObject({
      line: 'POST /ari/channels?endpoint=PJSIP%2F100&app=ai-call&callerId=%22A+%26+B%22+%3C1%3E',
      body: '{"variables":{"NAME":"value"}}',
    })
    expect(lines[1]!.line).toBe('DELETE /ari/channels/..%2F..%2Fevil%3Fx%3D1?reason=busy')
  })

  it('fails with the status and what Asterisk said', async () => {
    const client = connect()
    answer = () => ({ status: 404, body: '{"message":"Channel not found"}' })
    const failed = await client.call('GET /channels/{channelId}', { channelId: 'x' }).catch(error => error)
    expect(failed).toBeInstanceOf(AriError)
    expect(failed).toMatchObject({ status: 404, message: expect.stringMatching(/Channel not found/) })
  })

  it('fails with status 0 when no answer comes in time', async () => {
    const client = connect({ requestTimeoutMs: 5_000 })
    server.removeAllListeners('request')
    server.on('request', () => {})
    const failed = await client.call('GET /channels', {}, { timeoutMs: 60 }).catch(error => error)
    expect(failed).toMatchObject({ status: 0 })
  })
})
