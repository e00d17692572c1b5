import { deleteOldAudit, readSettings } from '../admin/index.ts'
import { database } from '../database.ts'
import { toInstant } from '../instant.ts'
import { log } from '../log.ts'
import { deleteExpired } from './sessions-repo.ts'

const dayMs = 24 * 3_600_000
const sweepEveryMs = 6 * 3_600_000
/** Sessions that ended are kept so long, so that a refresh token that is used again is still known as such. */
const rememberedMs = 30 * dayMs

/** Deletes sessions, refresh tokens and tickets that ended long ago, and the audit log beyond its retention. */
export async function sweepAccounts(atMs = Date.now()): Promise<void> {
  const db = await database()
  const { auditRetentionDays } = await readSettings()
  await db.write(tx => deleteExpired(tx, db.tables, toInstant(atMs), toInstant(atMs - rememberedMs)))
  if (auditRetentionDays !== null) await deleteOldAudit(toInstant(atMs - auditRetentionDays * dayMs))
}

/** Sweeps now and every six hours; the returned function stops that. */
export function startSweeping(): () => Promise<void> {
  const sweep = () =>
    sweepAccounts().catch(error => log.warn({ err: error }, 'ended sessions could not be swept and will be later'))
  let underWay = sweep()
  const timer = setInterval(() => {
    underWay = sweep()
  }, sweepEveryMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
