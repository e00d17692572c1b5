import { once } from '../once.ts'

const loopback = '127.0.0.1'
const peers = once('http.peers', () => new WeakMap<Request, string>())

/** The listener tells here which socket a request came from: a header could be forged by the client, this cannot. */
export function withPeer(request: Request, address: string): Request {
  peers.set(request, address)
  return request
}

/** The socket's address. Requests that no listener of ours made (`next dev`, tests) count as loopback. */
export function peerOf(request: Request): string {
  return peers.get(request) ?? loopback
}
