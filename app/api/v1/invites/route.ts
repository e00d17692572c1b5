import { InviteInput } from '#lib/accounts/contract.ts'
import { createInvite, listInvites } from '#lib/accounts/index.ts'
import { created, handler, publicOrigin } from '#lib/http/index.ts'

export const GET = handler({ access: 'admin' }, async ({ actor }) => ({ invites: await listInvites(actor) }))

export const POST = handler({ access: 'admin', body: InviteInput }, async ({ request, actor, body }) =>
  created(await createInvite(actor, body, publicOrigin(request))),
)
