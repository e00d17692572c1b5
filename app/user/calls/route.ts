import { HistoryQuery } from '#lib/calls/contract.ts'
import { listHistory, readLimit } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler(
  { access: 'user', scopes: ['calls:read'], errors: 'compatible', acceptsOldTokens: true, query: HistoryQuery },
  ({ actor, query }) => listHistory(actor, readLimit(query.limit)),
)
