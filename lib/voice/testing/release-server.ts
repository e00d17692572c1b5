import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server does to the next download. */
export type Trouble =
  | { kind: 'none' }
  /** Cuts the connection after so many bytes, once. */
  | { kind: 'cut'; after: number }
  /** Sends a few bytes and then nothing. */
  | { kind: 'stall'; after: number }
  /** Answers the whole file whatever range is asked for. */
  | { kind: 'ignore_range' }
  /** Claims to continue and sends another part. */
  | { kind: 'wrong_range' }
  | { kind: 'status'; status: number }
  /** Sends more than it promised. */
  | { kind: 'too_long' }

export type ReleaseServer = {
  /** Instead of https://api.github.com. */
  api: string
  /** Puts (or replaces) a file; `digest: null` is a file from before digests were published. */
  publish(name: string, content: Uint8Array, options?: { digest?: string | null; size?: number }): void
  trouble(next: Trouble): void
  /** The Range headers of downloads so far; '' for a whole one. */
  ranges: string[]
  close(): Promise<void>
}

/** A GitHub release on loopback: the two API calls, pages of a hundred files, and downloads with ETag and Range. */
export async function startReleaseServer(): Promise<ReleaseServer> {
  const files = new Map<string, { content: Uint8Array; digest: string | null; size: number; etag: string }>()
  const ranges: string[] = []
  let trouble: Trouble = { kind: 'none' }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const json = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (/\/releases\/tags\//.test(url.pathname)) return json({ id: 7, assets: [] })
    if (url.pathname.endsWith('/releases/7/assets')) {
      const page = Number(url.searchParams.get('page'))
      const filler = Array.from({ length: 130 }, (_, i) => ({
        name: `other-${i}.tar.bz2`,
        size: 1,
        browser_download_url: `${base}/none`,
        digest: null,
      }))
      const real = [...files].map(([name, { size, digest }]) => ({
        name,
        size,
        browser_download_url: `${base}/download/${name}`,
        digest,
      }))
      return json([...filler, ...real].slice((page - 1) * 100, page * 100))
    }
    const file = files.get(url.pathname.replace('/download/', ''))
    if (!file) return response.writeHead(404).end()
    serve(file, request.headers.range, String(request.headers['if-range'] ?? ''), response)
  })

  function serve(
    { content, etag }: { content: Uint8Array; etag: string },
    range: string | undefined,
    ifRange: string,
    response: ServerResponse,
  ) {
    ranges.push(range ?? '')
    const now = trouble
    if (now.kind === 'status') return response.writeHead(now.status).end()
    const asked = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
    const isPartial = asked > 0 && (!ifRange || ifRange === etag) && now.kind !== 'ignore_range'
    const start = !isPartial ? 0 : now.kind === 'wrong_range' ? asked + 1 : asked
    response.setHeader('etag', etag)
    if (isPartial) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`)
    response.statusCode = isPartial ? 206 : 200
    if (now.kind === 'wrong_range') trouble = { kind: 'none' }
    if (now.kind === 'cut' || now.kind === 'stall') {
      trouble = { kind: 'none' }
      response.write(content.subarray(start, start + now.after), () => {
        if (now.kind === 'cut') response.destroy()
      })
      return
    }
    response.write(content.subarray(start))
    if (now.kind === 'too_long') response.write(Buffer.alloc(1000))
    response.end()
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    api: base,
    publish(name, content, { digest, size } = {}) {
      const sha256 = createHash('sha256').update(content).digest('hex')
      files.set(name, {
        content,
        digest: digest === undefined ? `sha256:${sha256}` : digest,
        size: size ?? content.length,
        etag: `"${sha256.slice(0, 16)}"`,
      })
    },
    trouble(next) {
      trouble = next
    },
    ranges,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
