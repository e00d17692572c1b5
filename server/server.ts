import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { isScript, serviceInfo } from '#lib/front-door.ts'
import { setPhase } from '#lib/health/readiness.ts'
import { log } from '#lib/log.ts'
import { createFastLane } from './fast-lane.ts'
import { isForPrograms, sendMissing } from './missing.ts'
import { type Pages, pages } from './pages.ts'
import { refuse, refuseMalformed } from './refuse.ts'
import { loadRoutes } from './routes.ts'
import { voicePipe } from './voice-pipe.ts'

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '')

/** Whoever opens a connection must use it; whoever reads must read. An event stream is kept alive by its own heartbeat. */
const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
}
const idleMs = 90_000
const maxConnections = 4_096
/** Event streams end themselves when draining begins (lib/health/readiness.ts); what is left after this is cut. */
const closeWithinMs = 3_000

export type ServerOptions = {
  port: number
  host: string
  /** `production` serves the built pages, `development` builds them as they are asked for, `none` answers the API only (tests). */
  pages?: 'production' | 'development' | 'none'
  /** Where the voice process takes browser microphones. Without it such a socket is refused. */
  voiceSocket?: string
}

export type RunningServer = {
  url: string
  port: number
  server: Server
  /** Begins draining, waits for running answers, closes. */
  close(): Promise<void>
}

/** The web process's listener: route files first, then pages. Resolves when it listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const mode = options.pages ?? 'production'
  const routes = await loadRoutes(root)
  let web: Pages | null = null
  const fastLane = createFastLane()

  const server = createServer(limits, (incoming, outgoing) => {
    // HTTP/1.0 knows no Host, and the probes of some balancers and monitors still speak it.
    if (incoming.httpVersionMajor === 1 && incoming.httpVersionMinor === 0) incoming.headers.host ??= 'localhost'
    const path = pathOf(incoming.url)
    if (path === null) return sendJson(outgoing, 400, { detail: 'The address of the request is not valid.' })
    if (path === '/' && isScript(incoming.method, name => textOf(incoming, name)))
      return sendJson(outgoing, 200, serviceInfo, incoming.method === 'HEAD')
    const match = routes.match(path)
    if (match) return void fastLane(match, incoming, outgoing)
    if (mode !== 'none' && !isForPrograms(path, incoming.headers.accept)) {
      if (web) return void web.handle(incoming, outgoing)
      outgoing.setHeader('Retry-After', '1')
      return sendJson(outgoing, 503, { detail: 'The pages are being prepared. Please try again in a moment.' })
    }
    void sendMissing(path, incoming.method, outgoing)
  })
  server.maxConnections = maxConnections
  server.setTimeout(idleMs)
  server.on('clientError', refuseMalformed)
  const upgraded = new Set<Socket>()
  server.on(
    'upgrade',
    upgrade(options.voiceSocket, () => web, upgraded),
  )

  // First the port, which may be taken, then the pages, which take most of the start: calls are answered meanwhile.
  await listen(server, options)
  if (mode !== 'none') {
    try {
      web = await pages(root, mode, options)
    } catch (error) {
      await closeServer(server, upgraded)
      throw error
    }
  }
  setPhase('running')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : hostInUrl(options.host)}:${port}`,
    port,
    server,
    async close() {
      setPhase('draining')
      await closeServer(server, upgraded)
      await web?.close()
    },
  }
}

/** The path without its query; null for anything but the origin form (`GET http://...`, `OPTIONS *`, a backslash). */
function pathOf(target: string | undefined): string | null {
  if (!target?.startsWith('/') || target.includes('\\')) return null
  const end = target.search(/[?#]/)
  return end === -1 ? target : target.slice(0, end)
}

function textOf({ headers }: IncomingMessage, name: string): string | undefined {
  return headers[name]?.toString()
}

function sendJson(outgoing: ServerResponse, status: number, value: object, isHead = false): void {
  const body = JSON.stringify(value)
  outgoing.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
  outgoing.end(isHead ? undefined : body)
}

/** Upgraded sockets are no connections of the server any more: `open` remembers them, so that they can be closed. */
function upgrade(voiceSocket: string | undefined, web: () => Pages | null, open: Set<Socket>) {
  const pipe = voicePipe(voiceSocket)
  return (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    if (pathOf(incoming.url) === '/api/v1/voice')
      pipe(incoming, socket, head).catch(error => {
        log.error({ err: error }, 'a microphone could not be connected')
        refuse(socket, 500, 'Something went wrong on our side.')
      })
    else if (web()?.upgrade) web()?.upgrade?.(incoming, socket, head)
    else refuse(socket, 404, 'Not found')
  }
}

async function listen(server: Server, { port, host }: ServerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: 1024 }, () => {
      server.off('error', reject)
      server.on('error', error => log.error({ err: error }, 'the listener failed'))
      resolve()
    })
  })
}

async function closeServer(server: Server, upgraded: Set<Socket>): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  // A connection whose answer has just ended is idle, and would be kept for the next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  const timer = setTimeout(() => {
    server.closeAllConnections()
    for (const socket of upgraded) socket.destroy()
  }, closeWithinMs)
  await closed
  clearInterval(sweep)
  clearTimeout(timer)
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
