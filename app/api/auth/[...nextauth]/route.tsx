import { NextRequest } from 'next/server'
import { handlers } from '#lib/accounts/auth.ts'
import { consume, errorResponse, publicOrigin } from '#lib/http/index.ts'

type Handle = typeof handlers.GET

export const GET = (request: NextRequest) => handlers.GET(asAsked(request))

/**
 * Next does not know the client's address beyond forgeable headers, so that everybody who signs in through next-auth's own
 * client shares one limit. Our pages use POST /api/v1/sign-in.
 */
export const POST: Handle = async request => {
  if (!new URL(request.url).pathname.includes('/callback/')) return handlers.POST(asAsked(request))
  try {
    await consume('login', { address: 'next-auth' })
  } catch (error) {
    return errorResponse(error, 'problem')
  }
  return handlers.POST(asAsked(request))
}

/** Next names the address it listens on (0.0.0.0), where no browser can come back to; next-auth tells what it is given. */
function asAsked(request: NextRequest): NextRequest {
  const { pathname, search } = new URL(request.url)
  const url = `${publicOrigin(request)}${pathname}${search}`
  return URL.canParse(url) ? new NextRequest(url, request) : request
}
