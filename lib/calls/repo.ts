import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Database, type Orm, prepared, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

export type CallRow = Tables['callHistory']['$inferSelect']
export type NewCallRow = Tables['callHistory']['$inferInsert']
export type CallChange = Partial<Omit<CallRow, 'id' | 'userId' | 'callId'>>

const at = sql.placeholder

/** What POST /call/incoming has to know of a call that may be there already. */
export async function findFirstAnswer({ orm, tables: { callHistory: t } }: Database, userId: number, callId: string) {
  const [row] = await prepared(orm, 'calls_first_answer', orm =>
    orm
      .select({
        id: t.id,
        callerNumber: t.callerNumber,
        calledNumber: t.calledNumber,
        timestamp: t.timestamp,
        status: t.status,
        answer: t.answer,
      })
      .from(t)
      .where(and(eq(t.userId, at('userId')), eq(t.callId, at('callId')))),
  )({ userId, callId })
  return row ?? null
}
export type FirstAnswer = NonNullable<Awaited<ReturnType<typeof findFirstAnswer>>>

/** The columns of GET /user/calls, newest first. Walked often: no JSON, no building of queries. */
export function listLatest({ orm, tables: { callHistory: t } }: Database, userId: number, limit: number) {
  return prepared(orm, 'calls_latest', orm =>
    orm
      .select({
        id: t.id,
        call_id: t.callId,
        caller_number: t.callerNumber,
        called_number: t.calledNumber,
        timestamp: t.timestamp,
        action: t.action,
        message: t.message,
        status: t.status,
      })
      .from(t)
      .where(eq(t.userId, at('userId')))
      .orderBy(desc(t.timestamp), desc(t.id))
      .limit(at('limit')),
  )({ userId, limit })
}

/** The columns of GET /call/{id}/status. */
export async function findStatus({ orm, tables: { callHistory: t } }: Database, userId: number, callId: string) {
  const [row] = await prepared(orm, 'calls_status', orm =>
    orm
      .select({
        call_id: t.callId,
        user_id: t.userId,
        status: t.status,
        started_at: t.timestamp,
        action: t.action,
        message: t.message,
        completed_at: t.completedAt,
      })
      .from(t)
      .where(and(eq(t.userId, at('userId')), eq(t.callId, at('callId')))),
  )({ userId, callId })
  return row ?? null
}

/** By the owner's word for the call; where no call has it, by the row's own number. */
export async function findCall(
  { orm, tables: { callHistory: t } }: Database,
  userId: number,
  name: string,
): Promise<CallRow | null> {
  const rows = await orm
    .select()
    .from(t)
    .where(and(eq(t.userId, userId), eq(t.callId, name)))
  if (rows[0] || !/^[1-9]\d{0,14}$/.test(name)) return rows[0] ?? null
  const byId = await orm
    .select()
    .from(t)
    .where(and(eq(t.userId, userId), eq(t.id, Number(name))))
  return byId[0] ?? null
}

export async function findCallById({ orm, tables: { callHistory: t } }: Database, id: number): Promise<CallRow | null> {
  const rows = await orm.select().from(t).where(eq(t.id, id))
  return rows[0] ?? null
}

/** Adds a call; null when its owner has one of that name already. */
export function* insertCall(tx: Orm, { callHistory: t }: Tables, values: NewCallRow) {
  const rows = yield* run(
    prepared(tx, 'calls_insert', tx =>
      tx
        .insert(t)
        .values(newCallPlaceholders())
        .onConflictDoNothing({ target: [t.userId, t.callId] })
        .returning({ id: t.id }),
    )({ ...emptyCall, ...values }),
  )
  return rows[0]?.id ?? null
}

/** Every column that a new call may bring; what is not said is null. */
const emptyCall = {
  userId: null,
  action: null,
  message: null,
  callerKey: null,
  callerName: null,
  organisation: null,
  personId: null,
  lineId: null,
  source: 'api',
  channel: null,
  reason: null,
  decidedBy: null,
  rung: null,
  destination: null,
  urgency: null,
  wants: null,
  callbackNumber: null,
  summary: null,
  facts: null,
  ladder: null,
  transcript: null,
  answer: null,
  model: null,
  latencyMs: null,
  answeredAt: null,
  completedAt: null,
  durationMs: null,
  readAt: null,
} satisfies Partial<CallRow>

const required = ['callId', 'callerNumber', 'calledNumber', 'timestamp', 'status'] as const

function newCallPlaceholders(): NewCallRow {
  const names = [...Object.keys(emptyCall), ...required]
  // drizzle takes a placeholder wherever it takes a value; its type of an insert says so only for literal objects.
  return Object.fromEntries(names.map(name => [name, at(name)])) as unknown as NewCallRow
}

/** Changes a call. What search may find in it is indexed again. */
export function* updateCall(tx: Orm, { callHistory: t }: Tables, id: number, change: CallChange) {
  const rows = yield* run(
    tx
      .update(t)
      .set({ ...change, isIndexed: 0 })
      .where(eq(t.id, id))
      .returning(),
  )
  return rows[0] ?? null
}

/** Marks as read: these calls, or all. Returns how many it were. */
export function* markRead(tx: Orm, { callHistory: t }: Tables, userId: number, at: string, callIds?: string[]) {
  const rows = yield* run(
    tx
      .update(t)
      .set({ readAt: at })
      .where(and(eq(t.userId, userId), isNull(t.readAt), callIds ? inArray(t.callId, callIds) : undefined))
      .returning({ id: t.id }),
  )
  return rows.map(row => row.id)
}

export function* deleteCall(tx: Orm, { callHistory: t }: Tables, id: number) {
  yield* run(tx.delete(t).where(eq(t.id, id)))
}
