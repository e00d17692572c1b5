import type { Readable } from 'node:stream'

const loopback = '127.0.0.1'
type Peer = { address: string; incoming: Readable | undefined }
const key = Symbol.for('ai-call-service.peer')
type Known = Request & { [key]?: Peer }

/**
 * The listener tells here which socket a request came from: a header could be forged by the client, this cannot. `incoming`
 * is the body as Node has it; reading it from there costs a tenth of what a web stream does.
 */
export function withPeer(request: Request, address: string, incoming?: Readable): Request {
  return Object.assign(request, { [key]: { address, incoming } satisfies Peer })
}

/** Node's own stream of the body, when the listener gave it. */
export function incomingOf(request: Request): Readable | undefined {
  return (request as Known)[key]?.incoming
}

/** The socket's address. Requests that no listener of ours made (`next dev`, tests) count as loopback. */
export function peerOf(request: Request): string {
  return (request as Known)[key]?.address ?? loopback
}
