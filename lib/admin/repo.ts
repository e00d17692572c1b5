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
  return orm.select({ key: settings.key, value: settings.value }).from(settings)
}

export function* upsertSetting(tx: Orm, { settings }: Tables, row: { key: string; value: unknown; updatedAt: string }) {
  const { value, updatedAt } = row
  yield* run(tx.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: { value, updatedAt } }))
}

export function* deleteAuditBefore(tx: Orm, { auditLog }: Tables, at: string) {
  yield* run(tx.delete(auditLog).where(lt(auditLog.createdAt, at)))
}
