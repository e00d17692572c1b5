import { handler } from '#lib/http/index.ts'
import { modelStatus } from '#lib/screening/index.ts'

/** Who decides now: a model, or the built-in listener alone. */
export const GET = handler({ access: 'user' }, () => {
  const { isReachable, model, says } = modelStatus()
  return { model: { isReachable, name: model, says } }
})
