import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import { AppError } from '#lib/errors.ts'

/**
 * Addresses that no request of ours may reach on a stranger's word: loopback, private, link-local, carrier NAT,
 * multicast, documentation and reserved ranges (IANA special-purpose registries).
 */
const privateRanges = new BlockList()
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
  addRange(range, 'ipv4')
for (const range of [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]) {
  addRange(range, 'ipv6')
}

function addRange(range: string, family: 'ipv4' | 'ipv6') {
  const [net, bits] = range.split('/') as [string, string]
  privateRanges.addSubnet(net, Number(bits), family)
}

/** Whether an address lies outside the public internet. IPv4 inside IPv6 (`::ffff:10.0.0.1`) counts as the IPv4 address. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return true
  return privateRanges.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Parses an address that a user asks us to send to. `allowsPrivate` is for an administrator's own network
 * (a webhook to Home Assistant) and permits http as well. Throws `invalid` with a sentence.
 */
export function parseEndpoint(text: string, { allowsPrivate }: { allowsPrivate: boolean }): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url?.hostname) throw new AppError('invalid', 'The address is not a URL.')
  if (url.username || url.password)
    throw new AppError('invalid', 'The address must not contain a user name or password.')
  if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:')) {
    throw new AppError('invalid', 'The address must begin with https.')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (allowsPrivate) return url
  const isLocalName =
    host === 'localhost' || /\.(localhost|local|lan|internal|home\.arpa)$/.test(host) || !host.includes('.')
  if (isIP(host) ? isPrivateAddress(host) : isLocalName) {
    throw new AppError('invalid', 'The address must be on the public internet.')
  }
  return url
}

type Lookup = typeof dnsLookup

/**
 * A DNS lookup for http agents that refuses private answers at the moment of connecting, so that a name cannot be
 * public when it is checked and private when it is used.
 */
export const publicLookup = ((
  hostname: string,
  options: object,
  callback: (error: Error | null, address: unknown, family?: number) => void,
) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, [])
    if (addresses.some(({ address }) => isPrivateAddress(address))) {
      return callback(new Error('the name leads to a private address'), [])
    }
    if ('all' in options && options.all) return callback(null, addresses)
    callback(null, addresses[0]?.address, addresses[0]?.family)
  })
}) as Lookup
