import { handler, noContent } from '#lib/http/index.ts'
import { RemoveQuery } from '#lib/models/contract.ts'
import { removeInstalled } from '#lib/models/index.ts'

export const DELETE = handler({ access: 'admin', query: RemoveQuery }, async ({ actor, params, query }) => {
  await removeInstalled(actor, query.source, params.name ?? '')
  return noContent()
})
