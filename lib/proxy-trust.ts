import { BlockList, isIP } from 'node:net'

/** Which peers may say whose request they pass on, and by which header. */
export type ProxyTrust = { trusts(address: string): boolean; prefersForwardedFor: boolean }

const named: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1'],
  private: ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'],
}

/**
 * Parses TRUST_PROXY: `loopback`, `none`, `private`, addresses and CIDR ranges, separated by commas or spaces.
 * `x-forwarded-for` among them says that the proxy writes that header and lets a client's X-Real-IP through.
 * Null when a word is none of these.
 */
export function parseTrust(setting: string): ProxyTrust | null {
  const list = new BlockList()
  let prefersForwardedFor = false
  for (const word of setting
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)) {
    if (word === 'x-forwarded-for') prefersForwardedFor = true
    else if (word !== 'none' && !(named[word] ?? [word]).every(range => addRange(list, range))) return null
  }
  return {
    prefersForwardedFor,
    trusts: address => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  }
}

function addRange(list: BlockList, range: string): boolean {
  const [address = '', prefix, ...rest] = range.split('/')
  const family = isIP(address)
  const longest = family === 6 ? 128 : 32
  const bits = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
  if (family === 0 || rest.length > 0 || bits < 0 || bits > longest) return false
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4')
  return true
}
