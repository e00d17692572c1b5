import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { isSessionOpen, onSessionEnded, readTicket } from '#lib/accounts/index.ts'
import { onDraining } from '#lib/health/readiness.ts'
import { corsHeaders, isSameOrigin, takePlace } from '#lib/http/index.ts'
import { refuse } from './refuse.ts'

const connectWithinMs = 2_000

/**
 * A browser's microphone: `GET /api/v1/voice?ticket=...` with `Upgrade: websocket`. The one-use ticket and the Origin are
 * checked here; then the bytes go untouched to the voice process, which speaks WebSocket itself. It gets the request
 * with `x-user-id` and `x-session-id` in place of the ticket.
 */
export function voicePipe(voiceSocket: string | undefined) {
  return async (incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void> => {
    if (!isOwnOrigin(incoming)) return refuse(socket, 403, 'This page may not open the line.')
    const ticket = new URL(incoming.url!, 'http://localhost').searchParams.get('ticket') ?? ''
    const holder = await findHolder(ticket)
    if (!holder) return refuse(socket, 401, 'Authentication required')
    if (!voiceSocket) return refuse(socket, 503, 'The voice process is not running.')
    if (!takesPlace(holder.userId, socket)) return refuse(socket, 429, 'Too many microphones are open.')
    const agent = connect(voiceSocket)
    const timer = setTimeout(() => agent.destroy(new Error('no answer')), connectWithinMs)
    agent.once('error', () => {
      clearTimeout(timer)
      refuse(socket, 503, 'The voice process is not running.')
    })
    agent.once('connect', () => {
      clearTimeout(timer)
      agent.write(handshake(incoming, holder.userId, holder.sessionId ?? ''))
      if (head.length > 0) agent.write(head)
      join(socket, agent, holder)
    })
  }
}

type Holder = { userId: number; sessionId: string | null }

/** Who got this ticket, if what they were signed in with still holds. */
async function findHolder(ticket: string): Promise<Holder | null> {
  const found = await readTicket('socket', ticket).catch(() => null)
  if (!found?.userId || (found.sessionId !== null && !(await isSessionOpen(found.sessionId)))) return null
  return { userId: found.userId, sessionId: found.sessionId }
}

/** A person has a few microphones at a time; the place is free again when the socket closes. */
function takesPlace(userId: number, socket: Socket): boolean {
  try {
    socket.once('close', takePlace('sockets', userId))
    return true
  } catch {
    return false
  }
}

/** The app's web view, this host, or the public address. No Origin at all means no browser, and no microphone. */
function isOwnOrigin({ headers }: IncomingMessage): boolean {
  const request = new Request('http://localhost', {
    headers: { origin: headers.origin ?? '', host: headers.host ?? '' },
  })
  return isSameOrigin(request) || corsHeaders(request) !== null
}

/** The client's handshake again, line by line, without what would let it pose as somebody else. */
function handshake({ headers }: IncomingMessage, userId: number, sessionId: string): string {
  const kept = ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol']
  const lines = kept.flatMap(name => (headers[name] ? [`${name}: ${headers[name]}`] : []))
  return `GET /voice HTTP/1.1\r\nhost: agent\r\n${lines.join('\r\n')}\r\nx-user-id: ${userId}\r\nx-session-id: ${sessionId}\r\n\r\n`
}

function join(a: Socket, b: Socket, holder: Holder): void {
  for (const socket of [a, b]) {
    socket.setTimeout(0)
    socket.setNoDelay(true)
  }
  a.pipe(b).pipe(a)
  const end = () => {
    a.destroy()
    b.destroy()
  }
  const offDraining = onDraining(end)
  const offEnded = onSessionEnded(({ userId, sessionId }) => {
    if (userId === holder.userId && (sessionId === undefined || sessionId === holder.sessionId)) end()
  })
  for (const socket of [a, b]) {
    socket.on('error', end)
    socket.once('close', () => {
      offDraining()
      offEnded()
      end()
    })
  }
}
