import { removePasskey } from '#lib/accounts/index.ts'
import { handler, rowId } from '#lib/http/index.ts'

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await removePasskey(actor, rowId(params.id))
})
