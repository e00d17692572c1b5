import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { asking, bearer, type Person } from './asking.ts'
import { expectRefusal, sendTo } from './refusal.ts'

const { newUser, web } = asking()
let user: Person
beforeAll(async () => {
  user = await newUser('malformed')
})
const send = (method: string, path: string, body?: BodyInit, headers?: Record<string, string>) =>
  sendTo(web().url, method, path, body, headers)

const mine = () => bearer(user.token)
const bytes = (...values: number[]) => new Uint8Array(values)

describe('on the wire', () => {
  /** Sends bytes as they are and reads until the other side closes or goes quiet. */
  function raw(chunks: (string | Uint8Array)[], quietMs = 1500): Promise<string> {
    return new Promise(resolve => {
      let answer = ''
      const socket = connect(web().port, '127.0.0.1')
      const done = () => {
        socket.destroy()
        resolve(answer)
      }
      socket.setTimeout(quietMs, done)
      socket.on('data', chunk => {
        answer += chunk.toString('latin1')
      })
      socket.on('error', done)
      socket.on('close', done)
      for (const chunk of chunks) socket.write(chunk)
    })
  }
  const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)
  const head = (line: string, headers = '') => `${line}\r\nHost: localhost\r\n${headers}Connection: close\r\n\r\n`

  it.each<[string, (string | Uint8Array)[], number[]]>([
    ['a header beyond all headers', [head('GET /user/profile HTTP/1.1', `X-Big: ${'a'.repeat(100_000)}\r\n`)], [431]],
    ['a thousand headers', [head('GET /user/profile HTTP/1.1', 'X-H: 1234567890\r\n'.repeat(3000))], [431]],
    ['an address beyond all addresses', [head(`GET /${'a'.repeat(100_000)} HTTP/1.1`)], [400, 414, 431]],
    ['no HTTP', ['hello there\r\n\r\n'], [400]],
    ['TLS', [bytes(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03)], [400]],
    ['an unknown method', [head('FOO /health HTTP/1.1')], [400, 405]],
    ['a header with a NUL', [head('GET /health HTTP/1.1', 'X-A: a\0b\r\n')], [400]],
    ['a header with a bare line feed', ['GET /health HTTP/1.1\r\nHost: x\r\nX-A: a\n\r\n: b\r\n\r\n'], [400]],
    ['two lengths', [head('POST /auth/login HTTP/1.1', 'Content-Length: 2\r\nContent-Length: 3\r\n'), '{}'], [400]],
    [
      'a length and chunks',
      [head('POST /auth/login HTTP/1.1', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'), '{}'],
      [400],
    ],
    ['a length that is no number', [head('POST /auth/login HTTP/1.1', 'Content-Length: abc\r\n'), '{}'], [400]],
    ['a negative length', [head('POST /auth/login HTTP/1.1', 'Content-Length: -5\r\n'), '{}'], [400]],
    ['a promise of 100 MB', [head('POST /auth/login HTTP/1.1', 'Content-Length: 104857600\r\n'), '{"a":'], [413]],
    [
      'chunks of nonsense',
      [head('POST /auth/login HTTP/1.1', 'Transfer-Encoding: chunked\r\n'), 'zz\r\n{}\r\n'],
      [400],
    ],
    ['an absolute address', [head('GET http://evil.example/health HTTP/1.1')], [400]],
    ['an asterisk', [head('OPTIONS * HTTP/1.1')], [400]],
    ['a backslash', [head('GET /user\\profile HTTP/1.1')], [400, 404]],
    ['no Host', ['GET /user/profile HTTP/1.1\r\nConnection: close\r\n\r\n'], [400, 401]],
    ['a Host of nonsense', ['GET /user/profile HTTP/1.1\r\nHost: a b c\r\nConnection: close\r\n\r\n'], [400, 401]],
    ['a Host with a path', ['GET /user/profile HTTP/1.1\r\nHost: a/b?c#d@e\r\nConnection: close\r\n\r\n'], [400, 401]],
  ])('%s gets a 4xx', async (_, chunks, statuses) => {
    const answer = await raw(chunks)
    expect(statuses, answer.slice(0, 300)).toContain(statusOf(answer))
    expect(answer).not.toMatch(/node_modules|\.ts:/)
  })

  it('100 MB of body are cut off early', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        if (sent > 100_000_000) controller.close()
        else controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const outcome = await send('POST', '/auth/login', endless).catch(() => null)
    if (outcome) expectRefusal(outcome, [413])
    expect(sent).toBeLessThan(50_000_000)
  })

  it('the service is as well as before', async () => {
    expect((await send('GET', '/user/profile', undefined, mine())).status).toBe(200)
  })
})
