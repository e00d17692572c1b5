import { hit, passed, type Rung, skipped } from './call.ts'

const windowMs = 3 * 60_000
const dayMs = 24 * 60 * 60_000

/** Who calls again at once usually means it. Once a day for a number, and never for one that was refused. */
export const askPersistent: Rung = ({ household, caller, source, at }) => {
  if (!household.line.isPersistentAllowed) return skipped('persistent', 'The line does not ring for a second call.')
  if (source !== 'phone' && source !== 'app')
    return skipped('persistent', 'Only telephone calls ring for calling twice.')
  if (caller.isWithheld || caller.isForged || !caller.key)
    return passed('persistent', 'The number cannot be recognised again.')
  const earlier = caller.recent.filter(call => call.at < at && at - call.at <= dayMs)
  const last = earlier.find(call => at - call.at <= windowMs)
  if (!last) return passed('persistent', 'It is not a second call within 3 minutes.')
  if (earlier.some(call => call.action === 'block'))
    return passed('persistent', 'An earlier call of this number was refused.')
  if (earlier.some(call => call.rung === 'persistent')) {
    return passed('persistent', 'The number has been let through for calling twice today already.')
  }
  return hit('persistent', 'The same number called twice within 3 minutes; that rings once a day.', {
    action: 'forward',
  })
}
