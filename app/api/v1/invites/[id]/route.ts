import { revokeInvite } from '#lib/accounts/index.ts'
import { handler } from '#lib/http/index.ts'

export const DELETE = handler({ access: 'admin' }, async ({ actor, params }) => {
  await revokeInvite(actor, params.id!)
})
