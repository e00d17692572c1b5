import { Refresh } from '#lib/accounts/contract.ts'
import { refreshSession } from '#lib/accounts/index.ts'
import { clientOf, handler } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'public', errors: 'compatible', limit: 'refresh', body: Refresh },
  ({ request, body, address }) => refreshSession(body.refresh_token, clientOf(request, address)),
)
