import { env } from '../env.ts'

/** The WebView of the Android app; it sends a bearer token, never a cookie. */
const appOrigins = new Set(['http://localhost', 'https://localhost'])

/** What the app may read of an answer; nothing for every other origin. */
export function corsHeaders(request: Request): Record<string, string> | null {
  const origin = request.headers.get('origin')
  if (origin === null || !appOrigins.has(origin)) return null
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Retry-After, Content-Disposition, Content-Range, Accept-Ranges',
    vary: 'Origin',
  }
}

/** Answers OPTIONS: to the app's preflight with what it asked for, to everybody else with the methods alone. */
export function preflight(request: Request, methods: readonly string[]): Response {
  const headers: Record<string, string> = { allow: methods.join(', '), vary: 'Origin' }
  const cors = corsHeaders(request)
  if (cors) {
    Object.assign(headers, cors, {
      'access-control-allow-methods': methods.join(', '),
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers',
    })
    // Chromium asks this before a page of the phone itself may reach into the local network.
    if (request.headers.get('access-control-request-private-network') === 'true') {
      headers['access-control-allow-private-network'] = 'true'
    }
    const asked = request.headers.get('access-control-request-headers')
    if (asked && /^[\w, -]{1,500}$/.test(asked)) headers['access-control-allow-headers'] = asked
  }
  return new Response(null, { status: 204, headers })
}

/**
 * Whether a page of ours sent this: its Origin's host is the Host that was asked, or it is the configured public address
 * (a proxy may pass Host without an unusual port). A missing or opaque Origin fails.
 */
export function isSameOrigin(request: Request): boolean {
  const origin = originOf(request)
  if (!origin) return false
  const host = request.headers.get('host')
  if (host !== null && origin.host === host.toLowerCase()) return true
  const { PUBLIC_URL } = env()
  return PUBLIC_URL !== undefined && origin.origin === new URL(PUBLIC_URL).origin
}

/** The Origin header as a URL; null when there is none, or it is `null`, or it is no http origin. */
export function originOf(request: Request): URL | null {
  const origin = request.headers.get('origin')
  if (!origin || !/^https?:\/\/[^/]+$/i.test(origin) || !URL.canParse(origin)) return null
  return new URL(origin)
}
