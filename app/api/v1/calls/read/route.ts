import { MarkRead } from '#lib/calls/contract.ts'
import { markRead } from '#lib/calls/index.ts'
import { handler, noContent } from '#lib/http/index.ts'

export const POST = handler({ access: 'user', scopes: ['calls:write'], body: MarkRead }, async ({ actor, body }) => {
  await markRead(actor, body)
  return noContent()
})
