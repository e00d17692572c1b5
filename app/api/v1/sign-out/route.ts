import { findActor, forgettingCookies, logout } from '#lib/accounts/index.ts'
import { AppError } from '#lib/errors.ts'
import { handler, isSameOrigin, noContent } from '#lib/http/index.ts'

/** Ends the session and takes the cookie away, also when the session has ended before. */
export const POST = handler({ access: 'public' }, async ({ request }) => {
  const actor = await findActor(request).catch(() => null)
  if ((actor === null || actor.via === 'session') && !isSameOrigin(request)) {
    throw new AppError('forbidden', 'This request did not come from a page of this service.')
  }
  if (actor) await logout(actor)
  const response = noContent()
  for (const cookie of forgettingCookies()) response.headers.append('set-cookie', cookie)
  return response
})
