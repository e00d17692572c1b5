import { rememberedLifeS, sessionCookie, tokenLifeS } from '#lib/accounts/index.ts'
import { AppError } from '../errors.ts'
import { isSecure } from './client.ts'
import { isSameOrigin } from './cors.ts'
import { jsonHeaders } from './errors.ts'

type SignedIn = { user: { id: number; username: string }; sessionId: string; remember?: boolean }

/** The answer that signs a browser in: `value` as JSON, and the session cookie. */
export async function signedIn(
  request: Request,
  { user, sessionId, remember = false }: SignedIn,
  value: unknown,
  status = 200,
): Promise<Response> {
  const claims = { sub: String(user.id), sid: sessionId, name: user.username }
  const cookie = await sessionCookie(claims, remember ? rememberedLifeS : tokenLifeS, isSecure(request), remember)
  return Response.json(value, { status, headers: { ...jsonHeaders, 'set-cookie': cookie } })
}

/** A page elsewhere must not sign its visitor in to an account of its own. Scripts send no Origin. */
export function refuseForeignPage(request: Request): void {
  if (request.headers.has('origin') && !isSameOrigin(request)) {
    throw new AppError('forbidden', 'This request did not come from a page of this service.')
  }
}
