import { PasswordReset } from '#lib/accounts/contract.ts'
import { resetPassword } from '#lib/accounts/index.ts'
import { handler, rowId } from '#lib/http/index.ts'

/** A new password for somebody who forgot theirs. */
export const POST = handler(
  { access: 'admin', limit: 'password', body: PasswordReset },
  async ({ actor, params, body }) => {
    await resetPassword(actor, rowId(params.id), body.password)
  },
)
