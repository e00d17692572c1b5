import { z } from 'zod'
import { SetUp } from '#lib/accounts/contract.ts'
import { isSetupOpen, setUp, toAccount } from '#lib/accounts/index.ts'
import { clientOf, handler, refuseForeignPage, signedIn } from '#lib/http/index.ts'

export const GET = handler(
  { access: 'public', limit: 'secrets', query: z.object({ ticket: z.string().max(100) }) },
  async ({ query }) => ({ isOpen: await isSetupOpen(query.ticket) }),
)

/** Makes the first administrator with the one-time link and signs the browser in. */
export const POST = handler({ access: 'public', limit: 'secrets', body: SetUp }, async ({ request, body, address }) => {
  refuseForeignPage(request)
  const made = await setUp(body, { kind: 'web', client: clientOf(request, address) })
  return signedIn(request, made, { account: toAccount(made.user) }, 201)
})
