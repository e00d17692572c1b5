import { readStatus } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler(
  { access: 'user', scopes: ['calls:read', 'calls:write'], errors: 'compatible', acceptsOldTokens: true },
  ({ actor, params }) => readStatus(actor, params.id ?? ''),
)
