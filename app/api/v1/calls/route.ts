import { CallListQuery, TryCall } from '#lib/calls/contract.ts'
import { listCalls, tryCall } from '#lib/calls/index.ts'
import { created, handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'user', scopes: ['calls:read'], query: CallListQuery }, ({ actor, query }) =>
  listCalls(actor, query),
)

export const POST = handler(
  { access: 'user', scopes: ['calls:write'], limit: 'calls', body: TryCall },
  async ({ actor, body }) => created(await tryCall(actor, body)),
)
