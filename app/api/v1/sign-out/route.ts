import { forgettingCookies, logout } from '#lib/accounts/index.ts'
import { handler, noContent } from '#lib/http/index.ts'

export const POST = handler({ access: 'user' }, async ({ actor }) => {
  await logout(actor)
  const response = noContent()
  for (const cookie of forgettingCookies()) response.headers.append('set-cookie', cookie)
  return response
})
