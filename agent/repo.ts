import { eq, lt } from 'drizzle-orm'
import { type Database, run } from '#db/open.ts'
import { toInstant } from '#lib/instant.ts'

export type AgentRow = { name: string; pid: number; startedAt: string; state: Record<string, unknown>; load: number }

/** The sign of life of this voice process; rows of processes that are long gone are swept away. */
export async function beat(db: Database, row: AgentRow, nowMs = Date.now()): Promise<void> {
  const { agents } = db.tables
  const heartbeatAt = toInstant(nowMs)
  await db.write(function* (tx) {
    const { name, ...rest } = row
    yield* run(
      tx
        .insert(agents)
        .values({ ...row, heartbeatAt })
        .onConflictDoUpdate({ target: agents.name, set: { ...rest, heartbeatAt } }),
    )
    yield* run(tx.delete(agents).where(lt(agents.heartbeatAt, toInstant(nowMs - 3_600_000))))
  })
}

export async function removeAgent(db: Database, name: string): Promise<void> {
  const { agents } = db.tables
  await db.write(function* (tx) {
    yield* run(tx.delete(agents).where(eq(agents.name, name)))
  })
}

/** What the phrase cache has to know of every line. */
export async function spokenLines({ orm, tables: { lines: t } }: Database) {
  return orm
    .select({
      language: t.language,
      otherLanguage: t.otherLanguage,
      voice: t.voice,
      greeting: t.greeting,
      disclosure: t.disclosure,
    })
    .from(t)
    .limit(500)
}

/** Everybody who has a line in this house. */
export async function lineOwners({ orm, tables: { lines: t } }: Database): Promise<number[]> {
  const rows = await orm.selectDistinct({ userId: t.userId }).from(t).limit(500)
  return rows.map(({ userId }) => userId)
}

/** What a message that is transcribed later has to know of its call. */
export async function findCallOfMessage({ orm, tables: { callHistory: t, lines } }: Database, call: number) {
  const [row] = await orm
    .select({
      id: t.id,
      userId: t.userId,
      status: t.status,
      callerNumber: t.callerNumber,
      calledNumber: t.calledNumber,
      source: t.source,
      timestamp: t.timestamp,
      transcript: t.transcript,
      summary: t.summary,
      callerName: t.callerName,
      callbackNumber: t.callbackNumber,
      urgency: t.urgency,
      wants: t.wants,
      organisation: t.organisation,
      language: lines.language,
    })
    .from(t)
    .leftJoin(lines, eq(lines.id, t.lineId))
    .where(eq(t.id, call))
  return row ?? null
}
export type CallOfMessage = NonNullable<Awaited<ReturnType<typeof findCallOfMessage>>>

/** Forgets a recording that holds nothing. */
export async function forgetRecording(db: Database, id: number): Promise<void> {
  const { recordings } = db.tables
  await db.write(function* (tx) {
    yield* run(tx.delete(recordings).where(eq(recordings.id, id)))
  })
}

/** Whether a call's story has its message already. */
export async function hasVoicemailEvent({ orm, tables: { callEvents: t } }: Database, call: number): Promise<boolean> {
  const rows = await orm.select({ kind: t.kind }).from(t).where(eq(t.call, call)).limit(5_000)
  return rows.some(({ kind }) => kind === 'voicemail')
}
