import { handlers } from '#lib/accounts/auth.ts'
import { consume, errorResponse } from '#lib/http/index.ts'

export const { GET } = handlers

/**
 * Next does not know the client's address beyond forgeable headers, so that everybody who signs in through next-auth's own
 * client shares one limit. Our pages use POST /api/v1/sign-in.
 */
export async function POST(request: Parameters<typeof handlers.POST>[0]): Promise<Response> {
  if (!new URL(request.url).pathname.includes('/callback/')) return handlers.POST(request)
  try {
    await consume('login', { address: 'next-auth' })
  } catch (error) {
    return errorResponse(error, 'problem')
  }
  return handlers.POST(request)
}
