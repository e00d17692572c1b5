import { getProfile } from '#lib/accounts/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'user', errors: 'compatible', acceptsOldTokens: true }, ({ actor }) =>
  getProfile(actor),
)
