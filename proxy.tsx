import { type NextRequest, NextResponse } from 'next/server'
import { isScript, serviceInfo } from '#lib/front-door.ts'
import { pageHeaders } from '#lib/page-headers.ts'

/** Before every page: its security headers, with a nonce of its own that Next reads from the request; JSON for scripts at `/`. */
export function proxy(request: NextRequest): Response {
  if (request.nextUrl.pathname === '/' && isScript(request.method, name => request.headers.get(name)))
    return Response.json(serviceInfo)
  const nonce = btoa(crypto.randomUUID())
  const headers = pageHeaders(nonce, {
    isDevelopment: process.env.NODE_ENV === 'development',
    isHttps: process.env.PUBLIC_URL?.startsWith('https:') ?? false,
  })
  const forwarded = new Headers(request.headers)
  forwarded.set('x-nonce', nonce)
  forwarded.set('content-security-policy', headers['content-security-policy']!)
  const response = NextResponse.next({ request: { headers: forwarded } })
  for (const name in headers) response.headers.set(name, headers[name]!)
  return response
}

/** Everything that may be a page; files have a dot in their last part. */
export const config = { matcher: '/((?!_next/|api/|.*\\.[a-z0-9]+$).*)' }
