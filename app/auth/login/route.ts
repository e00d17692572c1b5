import { Login } from '#lib/accounts/contract.ts'
import { signIn, toLoginAnswer } from '#lib/accounts/index.ts'
import { AppError } from '#lib/errors.ts'
import { clientOf, errorResponse, handler } from '#lib/http/index.ts'

/** With two-factor sign-in on, the answer is 401 and a `second_factor` for POST /auth/second-factor. */
export const POST = handler(
  { access: 'public', errors: 'compatible', limit: 'login', body: Login },
  async ({ request, body, address }) => {
    const client = clientOf(request, address)
    const outcome = await signIn(body, { kind: 'token', remember: body.remember ?? false, client })
    if (outcome.needs === null) return toLoginAnswer(outcome)
    const error = new AppError('unauthenticated', 'A code is needed as well.')
    return errorResponse(error, 'compatible', { second_factor: outcome.ticket })
  },
)
