import { SecondFactorLogin } from '#lib/accounts/contract.ts'
import { finishSignIn, toLoginAnswer } from '#lib/accounts/index.ts'
import { clientOf, handler } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'public', errors: 'compatible', limit: 'secrets', body: SecondFactorLogin },
  async ({ request, body, address }) =>
    toLoginAnswer(await finishSignIn(body.second_factor, body.code, 'token', clientOf(request, address))),
)
