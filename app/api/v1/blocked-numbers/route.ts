import { handler } from '#lib/http/index.ts'
import { BlockedQuery, BlockListToRemove } from '#lib/people/contract.ts'
import { listBlockedNumbers, removeBlockList } from '#lib/people/index.ts'

export const GET = handler({ access: 'user', query: BlockedQuery }, ({ actor, query }) =>
  listBlockedNumbers(actor, query),
)

/** Removes one list as a whole. */
export const DELETE = handler({ access: 'user', query: BlockListToRemove }, ({ actor, query }) =>
  removeBlockList(actor, query.list),
)
