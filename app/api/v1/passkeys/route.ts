import { PasskeyInput } from '#lib/accounts/contract.ts'
import { addPasskey, listPasskeys } from '#lib/accounts/index.ts'
import { created, handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'user' }, async ({ actor }) => ({ passkeys: await listPasskeys(actor) }))

export const POST = handler({ access: 'user', limit: 'password', body: PasskeyInput }, async ({ actor, body }) =>
  created(await addPasskey(actor, body)),
)
