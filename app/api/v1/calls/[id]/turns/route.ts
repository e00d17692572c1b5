import { TurnInput } from '#lib/calls/contract.ts'
import { addTurn } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'user', scopes: ['calls:write'], limit: 'turns', body: TurnInput },
  ({ actor, params, body }) => addTurn(actor, params.id ?? '', body),
)
