import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWeb, type Web } from '../test/web.ts'
import { isForPrograms } from './missing.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb()
})
afterAll(() => web.stop())

/** What the server says on a raw connection, until it closes it. */
function raw(request: string | Buffer, { end = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(web.port, '127.0.0.1', () => {
      socket.write(request)
      if (end) socket.end()
    })
    let text = ''
    socket.on('data', piece => {
      text += piece.toString('latin1')
    })
    socket.on('close', () => resolve(text))
    socket.on('error', error => (text ? resolve(text) : reject(error)))
  })
}

const status = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
const closing = 'Host: localhost\r\nConnection: close\r\n\r\n'

test('the front door tells a script what runs here', async () => {
  const response = await fetch(web.url)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual({ service: 'AI Call Service', version: '1.0.0', status: 'running' })
})

test('HEAD has no body', async () => {
  for (const path of ['/', '/health']) {
    const answer = await raw(`HEAD ${path} HTTP/1.1\r\n${closing}`)
    expect(status(answer)).toBe(200)
    expect(answer.split('\r\n\r\n')[1]).toBe('')
  }
})

test('an unknown path is 404 with a sentence', async () => {
  const response = await fetch(`${web.url}/nope`)
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({ detail: 'Not found' })
})

test('what only programs ask for is missing in the shape they read', async () => {
  const read = async (path: string) => {
    const response = await fetch(`${web.url}${path}`)
    return [
      response.status,
      response.headers.get('content-type'),
      ((await response.json()) as { detail: string }).detail,
    ]
  }
  expect(await read('/call/%ff/status')).toEqual([404, 'application/json', 'Not found'])
  expect(await read('/api/v1/nope')).toEqual([404, 'application/problem+json', 'Not found'])
  expect(isForPrograms('/api/v1/nope', '*/*')).toBe(true)
  expect(isForPrograms('/call/%/status', undefined)).toBe(true)
  expect(isForPrograms('/call/%/status', 'text/html,*/*')).toBe(false)
  expect(isForPrograms('/api/auth/session', '*/*')).toBe(false)
  expect(isForPrograms('/calls/7', '*/*')).toBe(false)
  // Next answers these with the address without the slash.
  expect(isForPrograms('/user/profile/', '*/*')).toBe(false)
})

test('HTTP/1.0 needs no Host, HTTP/1.1 does', async () => {
  expect(await raw('GET /health HTTP/1.0\r\n\r\n')).toContain(' 200 OK\r\n')
  expect(status(await raw('GET /health HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(400)
})

test('a method that a route does not know is 405 and names those it knows', async () => {
  const response = await fetch(`${web.url}/health`, { method: 'POST', body: '{}' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toContain('GET')
})

test('readiness follows the life of the process', async () => {
  expect((await fetch(`${web.url}/ready`)).status).toBe(200)
})

test('metrics are for this machine only', async () => {
  expect(await (await fetch(`${web.url}/metrics`)).text()).toContain('nodejs_eventloop_lag')
  const forwarded = await fetch(`${web.url}/metrics`, { headers: { 'x-real-ip': '203.0.113.5' } })
  expect(forwarded.status).toBe(404)
})

test.each([
  ['no request at all', 'hello\r\n\r\n'],
  ['a binary greeting', '\x16\x03\x01\x02\x00\x01\x00'],
  ['a header without a colon', `GET / HTTP/1.1\r\nHost localhost\r\n\r\n`],
  ['a space in a header name', `GET / HTTP/1.1\r\nHost: localhost\r\nX y: 1\r\n\r\n`],
  ['two lengths', `POST /auth/login HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n${closing}hello`],
  [
    'length and chunks',
    `POST /auth/login HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${closing}0\r\n\r\n`,
  ],
  ['a negative length', `POST /auth/login HTTP/1.1\r\nContent-Length: -1\r\n${closing}`],
  ['a broken chunk', `POST /auth/login HTTP/1.1\r\nTransfer-Encoding: chunked\r\n${closing}zz\r\n`],
  ['no Host', `GET /health HTTP/1.1\r\nConnection: close\r\n\r\n`],
  ['an absolute address', `GET http://example.com/health HTTP/1.1\r\n${closing}`],
  ['an asterisk', `OPTIONS * HTTP/1.1\r\n${closing}`],
  ['a tunnel', `CONNECT example.com:443 HTTP/1.1\r\n${closing}`],
  ['a backslash', `GET /health\\..\\x HTTP/1.1\r\n${closing}`],
  ['an odd Host', `GET /health HTTP/1.1\r\nHost: a b<>\r\nConnection: close\r\n\r\n`],
  ['a version of tomorrow', `GET / HTTP/9.9\r\n${closing}`],
])('malformed HTTP is refused, never a 5xx: %s', async (_name, request) => {
  const answer = await raw(request, { end: true })
  // A connection that is closed without a word is an answer too (node does so for CONNECT).
  if (answer) expect(status(answer)).toBeGreaterThanOrEqual(400)
  if (answer) expect(status(answer)).toBeLessThan(500)
})

const longPath = `/${'a'.repeat(8_000)}`

test.each([
  '/%',
  '/call/%E0%A4%A/status',
  '//',
  '//evil.example/',
  '/health?%',
  '/health#x',
  '/call/%00/status',
  '/a%2fb',
  '/..%2f..%2fetc/passwd',
])('an odd path is never a 5xx: %s', async path => {
  const answer = await raw(`GET ${path} HTTP/1.1\r\n${closing}`)
  expect(status(answer)).toBeLessThan(500)
})

test('a path of 8 KB is read, headers above 16 KB are 431 are 431', async () => {
  expect(status(await raw(`GET ${longPath} HTTP/1.1\r\n${closing}`))).toBe(404)
  expect(status(await raw(`GET /health HTTP/1.1\r\nX-Large: ${'a'.repeat(20_000)}\r\n${closing}`))).toBe(431)
})

test('an upgrade to anything but the microphone is refused', async () => {
  const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n'
  expect(status(await raw(`GET /other HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`))).toBe(404)
  expect(status(await raw(`GET /api/v1/voice HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`))).toBe(403)
  const own = `Origin: http://localhost\r\n`
  expect(status(await raw(`GET /api/v1/voice?ticket=no HTTP/1.1\r\nHost: localhost\r\n${own}${upgrade}\r\n`))).toBe(401)
})
