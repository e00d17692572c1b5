export type Transport = 'secure' | 'private_plain' | 'refused'

/**
 * Which server addresses the app may talk to: https anywhere; plain http only inside the house (loopback, private
 * ranges, .local, .lan). TransportRule.java is the same rule; both are tested with the same table.
 */
export function judgeTransport(address: string): Transport {
  // What stands there counts, not what a parser makes of it: URL would turn 2130706433 into 127.0.0.1.
  const parts = /^([a-z]+):\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(?:[/?#]\S*)?$/i.exec(address.trim())
  if (!parts) return 'refused'
  const scheme = parts[1]!.toLowerCase()
  if (scheme === 'https') return 'secure'
  return scheme === 'http' && isPrivateHost(parts[2]!.toLowerCase()) ? 'private_plain' : 'refused'
}

function isPrivateHost(host: string): boolean {
  if (host.startsWith('[')) return isPrivateIpv6(host.slice(1, -1))
  if (host === 'localhost' || host.endsWith('.local') || host.endsWith('.lan')) return true
  const texts = host.split('.')
  // 127.1 and 010.0.0.1 mean different things to different parsers.
  if (texts.length !== 4 || !texts.every(text => /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255)) return false
  const [a, b] = texts.map(Number) as [number, number]
  return (
    a === 127 || a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b <= 31) || (a === 169 && b === 254)
  )
}

/** Loopback, unique local (fc00::/7) and link local (fe80::/10). */
function isPrivateIpv6(address: string): boolean {
  if (address === '::1') return true
  const first = /^([0-9a-f]{3,4}):/.exec(address)?.[1]
  if (!first) return false
  const group = Number.parseInt(first, 16)
  return (group & 0xfe00) === 0xfc00 || (group & 0xffc0) === 0xfe80
}
