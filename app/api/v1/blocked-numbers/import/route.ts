import { handler } from '#lib/http/index.ts'
import { BlockListName } from '#lib/people/contract.ts'
import { importBlockList } from '#lib/people/index.ts'

/** A text file with a number or the beginning of one a line, read as it arrives. */
export const POST = handler({ access: 'user', limit: 'heavy', query: BlockListName }, ({ actor, request, query }) =>
  importBlockList(actor, request, query.list),
)
