import { BlockList, isIP } from 'node:net'
import { env } from '../env.ts'
import { once } from '../once.ts'
import { peerOf } from './peer.ts'

/** Which peers may say whose request they pass on, and by which header. */
export type ProxyTrust = { trusts(address: string): boolean; prefersForwardedFor: boolean }

/**
 * Parses TRUST_PROXY: `loopback`, `none`, `private`, addresses and CIDR ranges, separated by commas or spaces.
 * `x-forwarded-for` among them says that the proxy writes that header and lets a client's X-Real-IP through.
 */
export function parseTrust(setting: string): ProxyTrust {
  const list = new BlockList()
  let prefersForwardedFor = false
  for (const word of setting
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)) {
    if (word === 'x-forwarded-for') prefersForwardedFor = true
    else if (word !== 'none') for (const range of named[word] ?? [word]) addRange(list, range)
  }
  return {
    prefersForwardedFor,
    trusts: address => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  }
}

const named: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1'],
  private: ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'],
}

function addRange(list: BlockList, range: string): void {
  const [address = '', prefix] = range.split('/')
  const family = isIP(address)
  const bits = Number(prefix ?? (family === 6 ? 128 : 32))
  if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) {
    throw new Error('TRUST_PROXY must list addresses, ranges such as 10.0.0.0/8, loopback, private or none.')
  }
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4')
}

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
  const peer = normalAddress(peerOf(request)) ?? '127.0.0.1'
  if (!trust.trusts(peer)) return peer
  const real = () => normalAddress(request.headers.get('x-real-ip') ?? '')
  const forwarded = () => lastUntrusted(request.headers.get('x-forwarded-for'), trust)
  return (trust.prefersForwardedFor ? (forwarded() ?? real()) : (real() ?? forwarded())) ?? peer
}

/** Whether the socket's peer is a proxy that may speak for its clients. */
export function isFromTrustedProxy(request: Request, trust: ProxyTrust = configuredTrust()): boolean {
  return trust.trusts(normalAddress(peerOf(request)) ?? '127.0.0.1')
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
  return once('http.trust', () => parseTrust(env().TRUST_PROXY))
}
