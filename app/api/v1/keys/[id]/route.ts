import { revokeOwnKey } from '#lib/accounts/index.ts'
import { handler, rowId } from '#lib/http/index.ts'

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await revokeOwnKey(actor, rowId(params.id))
})
