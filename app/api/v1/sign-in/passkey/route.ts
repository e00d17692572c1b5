import { PasskeySignIn } from '#lib/accounts/contract.ts'
import { finishPasskeySignIn, toAccount } from '#lib/accounts/index.ts'
import { clientOf, handler, refuseForeignPage, signedIn } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'public', limit: 'secrets', body: PasskeySignIn },
  async ({ request, body, address }) => {
    refuseForeignPage(request)
    const entry = { kind: 'web' as const, remember: body.remember, client: clientOf(request, address) }
    const done = await finishPasskeySignIn(body.ticket, body.credential, entry)
    return signedIn(request, done, { account: toAccount(done.user) })
  },
)
