import { SignIn } from '#lib/accounts/contract.ts'
import { signIn, toAccount } from '#lib/accounts/index.ts'
import { AppError } from '#lib/errors.ts'
import { clientOf, errorResponse, handler, refuseForeignPage, signedIn } from '#lib/http/index.ts'

/** Signs a browser in: the next-auth cookie. With two-factor sign-in on, a 401 problem with `secondFactor`, a ticket. */
export const POST = handler({ access: 'public', limit: 'login', body: SignIn }, async ({ request, body, address }) => {
  refuseForeignPage(request)
  const outcome = await signIn(body, { kind: 'web', remember: body.remember, client: clientOf(request, address) })
  if (outcome.needs === null) return signedIn(request, outcome, { account: toAccount(outcome.user) })
  const error = new AppError('unauthenticated', 'A code is needed as well.')
  return errorResponse(error, 'problem', { secondFactor: outcome.ticket })
})
