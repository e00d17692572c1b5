import { and, eq, gte, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '#db/open.ts'

/** Below this many instants are thrown into one heap for a percentile; more are sampled evenly. */
const maxSamples = 20_000

/** What the overview is made of: one short row for each hour and kind of call. Hours, so that days fall where the reader lives. */
export async function countByHour({ orm, tables: { callHistory: t } }: Database, userId: number, from: string) {
  const hour = sql<string>`substr(${t.timestamp}, 1, 13)`
  const rows = await orm
    .select({
      hour,
      action: t.action,
      source: t.source,
      count: sql<number>`count(*)`,
      talkMs: sql<number>`coalesce(sum(${t.durationMs}), 0)`,
    })
    .from(t)
    .where(and(eq(t.userId, userId), gte(t.timestamp, from)))
    .groupBy(hour, t.action, t.source)
  return rows.map(row => ({ ...row, count: Number(row.count), talkMs: Number(row.talkMs) }))
}
export type HourRow = Awaited<ReturnType<typeof countByHour>>[number]

/** Milliseconds that decisions took, the newest first. */
export async function decisionTimes({ orm, tables: { callHistory: t } }: Database, userId: number, from: string) {
  const rows = await orm
    .select({ latencyMs: t.latencyMs })
    .from(t)
    .where(and(eq(t.userId, userId), gte(t.timestamp, from), isNotNull(t.latencyMs)))
    .orderBy(sql`${t.timestamp} desc`)
    .limit(maxSamples)
  return rows.flatMap(({ latencyMs }) => (typeof latencyMs?.decision === 'number' ? [latencyMs.decision] : []))
}
