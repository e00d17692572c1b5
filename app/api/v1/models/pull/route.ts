import { created, handler } from '#lib/http/index.ts'
import { PullInput } from '#lib/models/contract.ts'
import { startPull } from '#lib/models/index.ts'

export const POST = handler({ access: 'admin', body: PullInput, limit: 'heavy' }, async ({ actor, body }) =>
  created(await startPull(actor, body)),
)
