import { z } from 'zod'
import { forgettingCookies, listSessions, signOutEverywhere } from '#lib/accounts/index.ts'
import { handler, noContent } from '#lib/http/index.ts'

export const GET = handler({ access: 'user' }, async ({ actor }) => ({ sessions: await listSessions(actor) }))

/** Signs out everywhere; `?keep=current` leaves the session that asks. */
export const DELETE = handler(
  { access: 'user', query: z.object({ keep: z.literal('current').optional() }) },
  async ({ actor, query }) => {
    const keepsCurrent = query.keep === 'current'
    await signOutEverywhere(actor, keepsCurrent)
    const response = noContent()
    if (!keepsCurrent) for (const cookie of forgettingCookies()) response.headers.append('set-cookie', cookie)
    return response
  },
)
