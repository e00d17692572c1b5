import type { Orm } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'
import { database } from '../database.ts'
import { now } from '../instant.ts'
import type { AuditAction, AuditPage, AuditQuery } from './contract.ts'
import { deleteAuditBefore, insertAudit, selectAudit } from './repo.ts'

export type Audited = {
  action: AuditAction
  userId?: number | null
  username?: string | null
  target?: string | null
  address?: string | null
  data?: Record<string, unknown>
}

/** Writes down a security event inside the unit of work that causes it. Never secrets; nothing that a stranger typed. */
export function* audit(tx: Orm, tables: Tables, { action, userId, username, target, address, data }: Audited) {
  yield* insertAudit(tx, tables, {
    createdAt: now(),
    action,
    userId: userId ?? null,
    username: username ?? null,
    target: target ?? null,
    address: address ?? null,
    data: data ?? null,
  })
}

/** The log, newest first, a page at a time. */
export async function listAudit(query: AuditQuery): Promise<AuditPage> {
  const rows = await selectAudit(await database(), query)
  const shown = rows.slice(0, query.limit)
  const entries = shown.map(row => ({
    id: row.id,
    createdAt: row.createdAt,
    userId: row.userId,
    username: row.username,
    // audit() above is the only hand that writes here
    action: row.action as AuditAction,
    target: row.target,
    address: row.address,
    data: row.data,
  }))
  return { entries, next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null }
}

/** Deletes what was written down before an instant. */
export async function deleteOldAudit(before: string): Promise<void> {
  const db = await database()
  await db.write(tx => deleteAuditBefore(tx, db.tables, before))
}
