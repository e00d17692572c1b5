import { KeyInput } from '#lib/accounts/contract.ts'
import { createKey, listKeys } from '#lib/accounts/index.ts'
import { created, handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'user' }, async ({ actor }) => ({ keys: await listKeys(actor) }))

/** The answer has the key itself, this once. */
export const POST = handler({ access: 'user', limit: 'password', body: KeyInput }, async ({ actor, body }) =>
  created(await createKey(actor, body)),
)
