import { created, handler } from '#lib/http/index.ts'
import { WebhookInput } from '#lib/notify/contract.ts'
import { createWebhook, listWebhooks } from '#lib/notify/index.ts'

export const GET = handler({ access: 'user' }, ({ actor }) => listWebhooks(actor))

export const POST = handler({ access: 'user', body: WebhookInput }, async ({ actor, body }) =>
  created(await createWebhook(actor, body)),
)
