import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'
import { toInstant } from '../instant.ts'
import type { CallFilters } from './contract.ts'

/** Where a page ended: the next one begins below. */
export type Place = { timestamp: string; id: number }

const unreadCounted = 1_000

/** The columns of one row of a list. JSON is left where it is. */
function listColumns({ callHistory: t }: Tables) {
  return {
    id: t.id,
    callId: t.callId,
    callerNumber: t.callerNumber,
    calledNumber: t.calledNumber,
    callerName: t.callerName,
    organisation: t.organisation,
    personId: t.personId,
    lineId: t.lineId,
    source: t.source,
    timestamp: t.timestamp,
    status: t.status,
    action: t.action,
    message: t.message,
    reason: t.reason,
    decidedBy: t.decidedBy,
    rung: t.rung,
    destination: t.destination,
    urgency: t.urgency,
    summary: t.summary,
    callbackNumber: t.callbackNumber,
    durationMs: t.durationMs,
    completedAt: t.completedAt,
    readAt: t.readAt,
    archivedAt: t.archivedAt,
  }
}

/** A page of an owner's calls, newest first. */
export async function listPage(
  { orm, tables }: Database,
  userId: number,
  filters: CallFilters,
  { after, limit }: { after?: Place | undefined; limit: number },
) {
  const t = tables.callHistory
  return orm
    .select(listColumns(tables))
    .from(t)
    .where(
      and(
        eq(t.userId, userId),
        ...toConditions(tables, filters),
        after ? sql`(${t.timestamp}, ${t.id}) < (${after.timestamp}, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(t.timestamp), desc(t.id))
    .limit(limit)
}
export type ListRow = Awaited<ReturnType<typeof listPage>>[number]

/** These rows of an owner, as far as the filters let them through, by id and newest first. */
export async function listByIds({ orm, tables }: Database, userId: number, ids: number[], filters: CallFilters) {
  const t = tables.callHistory
  if (ids.length === 0) return []
  return orm
    .select(listColumns(tables))
    .from(t)
    .where(and(eq(t.userId, userId), inArray(t.id, ids), ...toConditions(tables, filters)))
    .orderBy(desc(t.id))
}

/** Everything but `q`, as conditions. Archived calls are left out unless asked for. */
function toConditions({ callHistory: t }: Tables, filters: CallFilters): (SQL | undefined)[] {
  const { action, status, source, urgency, unread, archived, from, to, person, line, caller } = filters
  return [
    action && eq(t.action, action),
    // The index of running calls is found only when the query says the word itself.
    status === 'in_progress' ? sql`${t.status} = 'in_progress'` : status && eq(t.status, status),
    source && eq(t.source, source),
    urgency && eq(t.urgency, urgency),
    unread === undefined ? undefined : unread ? isNull(t.readAt) : isNotNull(t.readAt),
    archived ? isNotNull(t.archivedAt) : isNull(t.archivedAt),
    from ? gte(t.timestamp, toInstant(Date.parse(from))) : undefined,
    to ? lt(t.timestamp, toInstant(Date.parse(to))) : undefined,
    person === undefined ? undefined : eq(t.personId, person),
    line === undefined ? undefined : eq(t.lineId, line),
    caller === undefined ? undefined : sql`(${t.callerKey} = ${caller} OR ${t.callerNumber} = ${caller})`,
  ]
}

/** Unread calls that are not archived, counted up to 1,000. */
export async function countUnread({ orm, tables: { callHistory: t } }: Database, userId: number): Promise<number> {
  const some = orm
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.userId, userId), isNull(t.readAt), isNull(t.archivedAt)))
    .limit(unreadCounted)
    .as('some')
  const [row] = await orm.select({ count: sql<number>`count(*)` }).from(some)
  return Number(row?.count ?? 0)
}

/** Which of these calls have audio to play. */
export async function withRecordings(
  { orm, tables: { recordings: t } }: Database,
  calls: number[],
): Promise<Set<number>> {
  if (calls.length === 0) return new Set()
  const rows = await orm
    .select({ call: t.call })
    .from(t)
    .where(and(inArray(t.call, calls), inArray(t.status, ['stored', 'transcribed'])))
  return new Set(rows.map(row => row.call))
}
