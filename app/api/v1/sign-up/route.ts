import { Registration } from '#lib/accounts/contract.ts'
import { registerAs, toAccount } from '#lib/accounts/index.ts'
import { clientOf, handler, refuseForeignPage, signedIn } from '#lib/http/index.ts'

/** Registers in the browser and signs in; no API key is shown. */
export const POST = handler(
  { access: 'public', limit: 'register', body: Registration },
  async ({ request, body, address }) => {
    refuseForeignPage(request)
    const made = await registerAs(body, { kind: 'web', client: clientOf(request, address) })
    return signedIn(request, made, { account: toAccount(made.user) }, 201)
  },
)
