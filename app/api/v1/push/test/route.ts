import { handler } from '#lib/http/index.ts'
import { testPush } from '#lib/notify/index.ts'

export const POST = handler({ access: 'user', limit: 'push' }, ({ actor }) => testPush(actor))
