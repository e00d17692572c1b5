import { isIP } from 'node:net'
import { env } from '../env.ts'
import { once } from '../once.ts'
import { type ProxyTrust, parseTrust } from '../proxy-trust.ts'
import { peerOf } from './peer.ts'

/** `::ffff:192.0.2.1` is `192.0.2.1`, zone indexes go, ports of `1.2.3.4:56` go. Null when it is no address. */
export function normalAddress(text: string): string | null {
  let address = text
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
  if (/^\d+\.\d+\.\d+\.\d+:\d+$/.test(address)) address = address.slice(0, address.indexOf(':'))
  address = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '')
  return isIP(address) ? address : null
}

/** The client's address: the socket's peer, or what a trusted proxy says. */
export function clientAddress(request: Request, trust: ProxyTrust = configuredTrust()): string {
  const peer = normalPeer(peerOf(request))
  const { headers } = request
  if (!headers.has('x-real-ip') && !headers.has('x-forwarded-for')) return peer
  if (!trust.trusts(peer)) return peer
  const real = () => normalAddress(request.headers.get('x-real-ip') ?? '')
  const forwarded = () => lastUntrusted(request.headers.get('x-forwarded-for'), trust)
  return (trust.prefersForwardedFor ? (forwarded() ?? real()) : (real() ?? forwarded())) ?? peer
}

/** Whether the socket's peer is a proxy that may speak for its clients. */
export function isFromTrustedProxy(request: Request, trust: ProxyTrust = configuredTrust()): boolean {
  return trust.trusts(normalPeer(peerOf(request)))
}

/** Right to left: every hop was appended by the proxy after it, so the first one we do not trust is the client. */
function lastUntrusted(header: string | null, trust: ProxyTrust): string | null {
  let found: string | null = null
  for (const hop of (header ?? '').split(',').reverse()) {
    const address = normalAddress(hop)
    if (!address) break
    found = address
    if (!trust.trusts(address)) break
  }
  return found
}

/** What limits count by: an IPv4 address, or the /64 network of an IPv6 one, because one customer owns all of it. */
export function limitKeyOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const groups =
    tail === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

function configuredTrust(): ProxyTrust {
  return once('http.trust', () => parseTrust(env().TRUST_PROXY) ?? parseTrust('none')!)
}

const plainIpv4 = /^\d+\.\d+\.\d+\.\d+$/
const normalPeer = (peer: string) => (plainIpv4.test(peer) ? peer : (normalAddress(peer) ?? '127.0.0.1'))
