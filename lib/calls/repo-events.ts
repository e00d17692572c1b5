import { and, asc, desc, eq, gt, inArray, max, sql } from 'drizzle-orm'
import { type Database, type Orm, prepared, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'
import type { CallEvent } from './events.ts'

const at = sql.placeholder
/** Held while events are written on PostgreSQL, so that their ids become visible in order and nobody reads past one. */
const eventLock = 4_217_002
/** A call that is decided at once brings four events, a turn of a conversation five or six. */
const mostAtOnce = 8

export type NewEvent = CallEvent & { atMs: number }

/** Appends what happened, in order. */
export function* insertEvents(
  tx: Orm,
  { callEvents: t }: Tables,
  dialect: Database['dialect'],
  call: number,
  userId: number | null,
  events: readonly NewEvent[],
  createdAt: string,
) {
  if (events.length === 0) return
  if (dialect === 'pg') yield* lockEvents(tx)
  for (let first = 0; first < events.length; first += mostAtOnce) {
    const some = events.slice(first, first + mostAtOnce)
    const values: Record<string, unknown> = { call, userId, createdAt }
    some.forEach(({ atMs, kind, data }, i) => {
      values[`atMs${i}`] = Math.round(atMs)
      values[`kind${i}`] = kind
      values[`data${i}`] = data
    })
    yield* run(insertRows(tx, t, some.length)(values))
  }
  if (dialect === 'pg') yield* run(execute(tx, sql`SELECT pg_notify('call_events', '')`))
}

/** One statement for each number of rows, prepared once. */
function insertRows(tx: Orm, t: Tables['callEvents'], count: number) {
  return prepared(tx, `events_insert_${count}`, tx =>
    tx.insert(t).values(
      Array.from({ length: count }, (_, i) => ({
        call: at('call'),
        userId: at('userId'),
        atMs: at(`atMs${i}`),
        kind: at(`kind${i}`),
        data: at(`data${i}`),
        createdAt: at('createdAt'),
      })),
    ),
  )
}

function* lockEvents(tx: Orm) {
  yield* run(execute(tx, sql`SELECT pg_advisory_xact_lock(${eventLock})`))
}

/** PostgreSQL's builder has `execute` where SQLite's has `run`. */
function execute(tx: Orm, query: ReturnType<typeof sql>): PromiseLike<unknown> {
  return (tx as unknown as { execute(query: unknown): PromiseLike<unknown> }).execute(query)
}

export async function findEvents({ orm, tables: { callEvents: t } }: Database, call: number) {
  return orm
    .select({ id: t.id, atMs: t.atMs, kind: t.kind, data: t.data, createdAt: t.createdAt })
    .from(t)
    .where(eq(t.call, call))
    .orderBy(asc(t.id))
    .limit(5_000)
}
export type EventRow = Awaited<ReturnType<typeof findEvents>>[number]

/** Events of all calls after `afterId`, in order: what the live view of this process has not seen. */
export function findNewEvents(
  { orm, tables: { callEvents: t, callHistory: h } }: Database,
  afterId: number,
  limit: number,
) {
  return prepared(orm, 'events_after', orm =>
    orm
      .select({
        id: t.id,
        call: t.call,
        callId: h.callId,
        userId: t.userId,
        atMs: t.atMs,
        kind: t.kind,
        data: t.data,
        createdAt: t.createdAt,
      })
      .from(t)
      .innerJoin(h, eq(h.id, t.call))
      .where(gt(t.id, at('afterId')))
      .orderBy(asc(t.id))
      .limit(at('limit')),
  )({ afterId, limit })
}
export type LiveRow = Awaited<ReturnType<typeof findNewEvents>>[number]

/** Events of one owner after `afterId`, for a client that comes back. */
export function findEventsAfter(
  { orm, tables: { callEvents: t, callHistory: h } }: Database,
  userId: number,
  afterId: number,
  limit: number,
) {
  return orm
    .select({
      id: t.id,
      call: t.call,
      callId: h.callId,
      userId: t.userId,
      atMs: t.atMs,
      kind: t.kind,
      data: t.data,
      createdAt: t.createdAt,
    })
    .from(t)
    .innerJoin(h, eq(h.id, t.call))
    .where(and(eq(t.userId, userId), gt(t.id, afterId)))
    .orderBy(asc(t.id))
    .limit(limit)
}

export async function lastEventId({ orm, tables: { callEvents: t } }: Database): Promise<number> {
  const [row] = await prepared(orm, 'events_last', orm => orm.select({ last: max(t.id) }).from(t))()
  return Number(row?.last ?? 0)
}

/** When each of these calls was last heard of. */
export async function lastEventOf({ orm, tables: { callEvents: t } }: Database, calls: number[]) {
  if (calls.length === 0) return new Map<number, string>()
  const rows = await orm
    .select({ call: t.call, last: max(t.createdAt) })
    .from(t)
    .where(inArray(t.call, calls))
    .groupBy(t.call)
    .orderBy(desc(t.call))
  return new Map(rows.map(row => [row.call, row.last ?? '']))
}
