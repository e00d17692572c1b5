import { connect, type Socket } from 'node:net'

/** What one run of load came to. */
export type Measured = {
  requests: number
  failures: number
  perSecond: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

export type Load = {
  port: number
  connections: number
  durationMs: number
  /** The n-th request: method, path, headers and body. */
  request(n: number): { method?: string; path: string; headers?: Record<string, string>; body?: string }
}

/**
 * Keeps `connections` sockets busy, one request after another on each. Runs in a process of its own (see run.ts), so that
 * it never shares a thread with what it measures; on raw sockets, because an HTTP client costs more than the server.
 */
export async function load({ port, connections, durationMs, request }: Load): Promise<Measured> {
  const times: number[] = []
  let failures = 0
  let sent = 0
  const endAt = performance.now() + durationMs

  async function worker() {
    const socket = await open(port)
    const read = reader(socket)
    while (performance.now() < endAt) {
      const begun = performance.now()
      socket.write(encode(request(sent++)))
      const status = await read()
      times.push(performance.now() - begun)
      if (status < 200 || status > 299) failures++
    }
    socket.destroy()
  }

  await Promise.all(Array.from({ length: connections }, worker))
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return {
    requests: times.length,
    failures,
    perSecond: times.length / (durationMs / 1000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.setNoDelay(true)
    socket.once('error', reject)
  })
}

function encode({ method = 'GET', path, headers = {}, body = '' }: ReturnType<Load['request']>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = body ? `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` : ''
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}${length}\r\n${body}`
}

/** Resolves with the status of each answer once all of it is there: by its length, or by its last chunk. */
function reader(socket: Socket): () => Promise<number> {
  let text = ''
  let resolve: ((status: number) => void) | null = null
  let reject: ((error: Error) => void) | null = null
  socket.on('data', piece => {
    text += piece.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
    const isWhole = length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + Number(length)
    if (!isWhole) return
    const status = Number(text.slice(9, 12))
    text = ''
    resolve?.(status)
  })
  socket.on('close', () => reject?.(new Error('the connection was closed')))
  return () =>
    new Promise((onStatus, onError) => {
      resolve = onStatus
      reject = onError
    })
}
