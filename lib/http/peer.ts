import type { Readable } from 'node:stream'
import { once } from '../once.ts'

const loopback = '127.0.0.1'
type Peer = { address: string; incoming: Readable | undefined }
const peers = once('http.peers', () => new WeakMap<Request, Peer>())

/**
 * The listener tells here which socket a request came from: a header could be forged by the client, this cannot. `incoming`
 * is the body as Node has it; reading it from there costs a tenth of what a web stream does.
 */
export function withPeer(request: Request, address: string, incoming?: Readable): Request {
  peers.set(request, { address, incoming })
  return request
}

/** Node's own stream of the body, when the listener gave it. */
export function incomingOf(request: Request): Readable | undefined {
  return peers.get(request)?.incoming
}

/** The socket's address. Requests that no listener of ours made (`next dev`, tests) count as loopback. */
export function peerOf(request: Request): string {
  return peers.get(request)?.address ?? loopback
}
