import { and, asc, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

/** Calls that began before an instant and are over, the oldest rows first. */
export async function callsBefore(
  { orm, tables: { callHistory: t } }: Database,
  { before, limit }: { before: string; limit: number },
) {
  const rows = await orm
    .select({ id: t.id })
    .from(t)
    .where(and(lt(t.timestamp, before), ne(t.status, 'in_progress')))
    .orderBy(asc(t.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export function recordingsOf({ orm, tables: { recordings: t } }: Database, calls: number[]) {
  return orm.select({ path: t.path }).from(t).where(inArray(t.call, calls))
}

export function* deleteCalls(tx: Orm, { callHistory: t }: Tables, ids: number[]) {
  yield* run(tx.delete(t).where(inArray(t.id, ids)))
}

/** Calls that are still open although they began before an instant, the oldest first. */
export function findOpenCalls({ orm, tables: { callHistory: t } }: Database, before: string, limit: number) {
  return orm
    .select({
      id: t.id,
      userId: t.userId,
      timestamp: t.timestamp,
      source: t.source,
      action: t.action,
      answeredAt: t.answeredAt,
    })
    .from(t)
    .where(and(sql`${t.status} = 'in_progress'`, lt(t.timestamp, before)))
    .orderBy(asc(t.id))
    .limit(limit)
}
export type OpenCall = Awaited<ReturnType<typeof findOpenCalls>>[number]

/** When the oldest voice process that still gives signs of life was started; null when there is none. */
export async function oldestAgent(
  { orm, tables: { agents: t } }: Database,
  aliveSince: string,
): Promise<string | null> {
  const rows = await orm
    .select({ startedAt: t.startedAt })
    .from(t)
    .where(gt(t.heartbeatAt, aliveSince))
    .orderBy(asc(t.startedAt))
    .limit(1)
  return rows[0]?.startedAt ?? null
}

/** Closes an open call, unless it was closed meanwhile. */
export function* closeCall(
  tx: Orm,
  { callHistory: t }: Tables,
  id: number,
  change: Partial<Tables['callHistory']['$inferInsert']>,
) {
  const rows = yield* run(
    tx
      .update(t)
      .set({ ...change, isIndexed: 0 })
      .where(and(eq(t.id, id), eq(t.status, 'in_progress')))
      .returning({ id: t.id }),
  )
  return rows.length > 0
}
