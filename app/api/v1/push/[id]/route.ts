import { handler, noContent, rowId } from '#lib/http/index.ts'
import { unsubscribe } from '#lib/notify/index.ts'

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await unsubscribe(actor, rowId(params.id))
  return noContent()
})
