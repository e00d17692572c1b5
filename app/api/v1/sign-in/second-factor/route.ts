import { SecondFactor } from '#lib/accounts/contract.ts'
import { finishSignIn, toAccount } from '#lib/accounts/index.ts'
import { clientOf, handler, refuseForeignPage, signedIn } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'public', limit: 'secrets', body: SecondFactor },
  async ({ request, body, address }) => {
    refuseForeignPage(request)
    const done = await finishSignIn(body.ticket, body.code, 'web', clientOf(request, address))
    return signedIn(request, done, { account: toAccount(done.user) })
  },
)
