import { UserInput, UserQuery } from '#lib/accounts/contract.ts'
import { addUser, listUsers } from '#lib/accounts/index.ts'
import { created, handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'admin', query: UserQuery }, ({ actor, query }) => listUsers(actor, query))

export const POST = handler({ access: 'admin', body: UserInput }, async ({ actor, body }) =>
  created(await addUser(actor, body)),
)
