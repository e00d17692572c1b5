import { exportAccount } from '#lib/accounts/index.ts'
import { handler, streamed } from '#lib/http/index.ts'

export const GET = handler({ access: 'user', limit: 'heavy' }, async ({ actor }) =>
  streamed(await exportAccount(actor), {
    type: 'application/json',
    filename: `ai-call-service-${actor.username}.json`,
  }),
)
