import { AccountChange, PasswordProof } from '#lib/accounts/contract.ts'
import { changeAccount, deleteAccount, forgettingCookies, getAccount } from '#lib/accounts/index.ts'
import { handler, noContent } from '#lib/http/index.ts'

export const GET = handler({ access: 'user' }, ({ actor }) => getAccount(actor))

export const PATCH = handler({ access: 'user', limit: 'heavy', body: AccountChange }, ({ actor, body }) =>
  changeAccount(actor, body),
)

/** Deletes the account and everything of it. */
export const DELETE = handler({ access: 'user', limit: 'password', body: PasswordProof }, async ({ actor, body }) => {
  await deleteAccount(actor, body.password)
  const response = noContent()
  for (const cookie of forgettingCookies()) response.headers.append('set-cookie', cookie)
  return response
})
