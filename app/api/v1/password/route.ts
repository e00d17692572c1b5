import { PasswordChange } from '#lib/accounts/contract.ts'
import { changePassword } from '#lib/accounts/index.ts'
import { handler } from '#lib/http/index.ts'

/** Every other session ends. */
export const POST = handler({ access: 'user', limit: 'password', body: PasswordChange }, async ({ actor, body }) => {
  await changePassword(actor, body)
})
