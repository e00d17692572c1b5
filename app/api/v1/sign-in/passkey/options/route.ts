import { beginPasskeySignIn } from '#lib/accounts/index.ts'
import { handler, publicOrigin } from '#lib/http/index.ts'

export const POST = handler({ access: 'public', limit: 'secrets' }, ({ request }) =>
  beginPasskeySignIn({ origin: publicOrigin(request), name: '' }),
)
