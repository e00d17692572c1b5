import { handler, noContent } from '#lib/http/index.ts'
import { cancelPull, getJob } from '#lib/models/index.ts'

export const GET = handler({ access: 'admin' }, ({ actor, params }) => getJob(actor, params.id ?? ''))

export const DELETE = handler({ access: 'admin' }, async ({ actor, params }) => {
  await cancelPull(actor, params.id ?? '')
  return noContent()
})
