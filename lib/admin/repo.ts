import { and, desc, eq, lt, type SQL } from 'drizzle-orm'
import { type Database, type Orm, run } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'
import type { AuditQuery } from './contract.ts'

export type AuditRow = Tables['auditLog']['$inferInsert']

export function* insertAudit(tx: Orm, { auditLog }: Tables, row: AuditRow) {
  yield* run(tx.insert(auditLog).values(row))
}

export async function selectAudit({ orm, tables: { auditLog } }: Database, query: AuditQuery) {
  const conditions: SQL[] = []
  if (query.before !== undefined) conditions.push(lt(auditLog.id, query.before))
  if (query.action !== undefined) conditions.push(eq(auditLog.action, query.action))
  if (query.userId !== undefined) conditions.push(eq(auditLog.userId, query.userId))
  return orm
    .select()
    .from(auditLog)
    .where(and(...conditions))
    .orderBy(desc(auditLog.id))
    .limit(query.limit + 1)
}

export async function selectSettings({ orm, tables: { settings } }: Database) {
  const rows = await orm.select({ key: settings.key, stored: settings.value }).from(settings)
  return rows.flatMap(({ key, stored }) => (isWrapped(stored) ? [{ key, value: stored.is }] : []))
}

/** Wrapped, because "for ever" is null, and a null of ours would be a NULL of the database. */
export function* upsertSetting(tx: Orm, { settings }: Tables, row: { key: string; value: unknown; updatedAt: string }) {
  const { key, updatedAt } = row
  const value = { is: row.value }
  yield* run(
    tx
      .insert(settings)
      .values({ key, value, updatedAt })
      .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt } }),
  )
}

const isWrapped = (stored: unknown): stored is { is: unknown } =>
  typeof stored === 'object' && stored !== null && 'is' in stored

export function* deleteAuditBefore(tx: Orm, { auditLog }: Tables, at: string) {
  yield* run(tx.delete(auditLog).where(lt(auditLog.createdAt, at)))
}
