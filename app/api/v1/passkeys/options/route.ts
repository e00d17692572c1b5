import { PasswordProof } from '#lib/accounts/contract.ts'
import { beginPasskey } from '#lib/accounts/index.ts'
import { readSettings } from '#lib/admin/index.ts'
import { handler, publicOrigin } from '#lib/http/index.ts'

/** The beginning of a new passkey: what `navigator.credentials.create` takes, and a ticket for POST /api/v1/passkeys. */
export const POST = handler(
  { access: 'user', limit: 'password', body: PasswordProof },
  async ({ request, actor, body }) => {
    const { serviceName: name } = await readSettings()
    return beginPasskey(actor, body.password, { origin: publicOrigin(request), name })
  },
)
