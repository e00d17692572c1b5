import { endSession } from '#lib/accounts/index.ts'
import { handler } from '#lib/http/index.ts'

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await endSession(actor, params.id!)
})
