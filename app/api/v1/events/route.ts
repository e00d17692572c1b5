import { EventsQuery } from '#lib/calls/contract.ts'
import { eventStream } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'user', scopes: ['calls:read'], query: EventsQuery }, ({ actor, request }) =>
  eventStream(actor, request),
)
