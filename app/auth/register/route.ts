import { Registration } from '#lib/accounts/contract.ts'
import { register } from '#lib/accounts/index.ts'
import { clientOf, handler } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'public', errors: 'compatible', limit: 'register', body: Registration },
  ({ request, body, address }) => register(body, clientOf(request, address)),
)
