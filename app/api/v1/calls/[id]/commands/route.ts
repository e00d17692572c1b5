import { CommandInput } from '#lib/calls/contract.ts'
import { orderCall } from '#lib/calls/index.ts'
import { created, handler } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'user', scopes: ['calls:write'], limit: 'orders', body: CommandInput },
  async ({ actor, params, body }) => created(await orderCall(actor, params.id ?? '', body)),
)
