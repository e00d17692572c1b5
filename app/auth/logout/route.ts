import { logout } from '#lib/accounts/index.ts'
import { handler } from '#lib/http/index.ts'

export const POST = handler({ access: 'user', errors: 'compatible' }, async ({ actor }) => {
  await logout(actor)
})
