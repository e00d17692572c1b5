import { handler, noContent, rowId } from '#lib/http/index.ts'
import { deleteWebhook } from '#lib/notify/index.ts'

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await deleteWebhook(actor, rowId(params.id))
  return noContent()
})
