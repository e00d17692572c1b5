import { StatsQuery } from '#lib/calls/contract.ts'
import { readStats } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'user', scopes: ['calls:read'], query: StatsQuery }, ({ actor, query }) =>
  readStats(actor, query),
)
