import { issueTicket } from '#lib/accounts/index.ts'
import { created, handler } from '#lib/http/index.ts'

/** A one-use ticket of 30 seconds for the microphone's socket: a WebSocket cannot send headers. */
export const POST = handler({ access: 'user', limit: 'heavy' }, async ({ actor: { userId, sessionId } }) =>
  created(await issueTicket('socket', { userId, ...(sessionId === undefined ? {} : { sessionId }) })),
)
