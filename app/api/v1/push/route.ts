import { created, handler } from '#lib/http/index.ts'
import { SubscribeInput } from '#lib/notify/contract.ts'
import { readPush, subscribe } from '#lib/notify/index.ts'

export const GET = handler({ access: 'user' }, ({ actor }) => readPush(actor))

export const POST = handler({ access: 'user', body: SubscribeInput }, async ({ actor, body, request }) =>
  created(await subscribe(actor, body, request.headers.get('user-agent') ?? '')),
)
