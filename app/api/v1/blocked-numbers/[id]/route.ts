import { handler, noContent, rowId } from '#lib/http/index.ts'
import { removeBlockedNumber } from '#lib/people/index.ts'

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await removeBlockedNumber(actor, rowId(params.id, 'There is no such number.'))
  return noContent()
})
