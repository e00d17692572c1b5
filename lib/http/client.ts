import { env } from '../env.ts'
import { isFromTrustedProxy } from './address.ts'
import { isSameOrigin, originOf } from './cors.ts'

/** What a session remembers of where it was opened. */
export function clientOf(request: Request, address: string): { address: string; userAgent: string } {
  return { address, userAgent: request.headers.get('user-agent') ?? '' }
}

/**
 * Whether the browser reached us by https, so that its cookie must be Secure. The page's own Origin says so even behind a
 * proxy that passes nothing but Host; then PUBLIC_URL; then X-Forwarded-Proto from a proxy that we trust.
 */
export function isSecure(request: Request): boolean {
  const origin = originOf(request)
  if (origin && isSameOrigin(request)) return origin.protocol === 'https:'
  const forwarded = isFromTrustedProxy(request) ? request.headers.get('x-forwarded-proto') : null
  return forwarded === 'https' || (forwarded === null && (env().PUBLIC_URL?.startsWith('https:') ?? false))
}

/** The address under which the browser knows us, `https://phone.example.org`. */
export function publicOrigin(request: Request): string {
  const { PUBLIC_URL } = env()
  if (PUBLIC_URL) return new URL(PUBLIC_URL).origin
  const origin = originOf(request)
  if (origin && isSameOrigin(request)) return origin.origin
  return `${isSecure(request) ? 'https' : 'http'}://${request.headers.get('host') ?? 'localhost'}`
}
