import { deleteOldAudit, readSettings } from '../admin/index.ts'
import { database } from '../database.ts'
import { toInstant } from '../instant.ts'
import { deleteExpired } from './sessions-repo.ts'

const dayMs = 24 * 3_600_000
/** Sessions that ended are kept so long, so that a refresh token that is used again is still known as such. */
const rememberedMs = 30 * dayMs

/** Deletes sessions, refresh tokens and tickets that ended long ago, and the audit log beyond its retention. Runs daily. */
export async function sweepAccounts(atMs = Date.now()): Promise<void> {
  const db = await database()
  const { auditRetentionDays } = await readSettings()
  await db.write(tx => deleteExpired(tx, db.tables, toInstant(atMs), toInstant(atMs - rememberedMs)))
  if (auditRetentionDays !== null) await deleteOldAudit(toInstant(atMs - auditRetentionDays * dayMs))
}
