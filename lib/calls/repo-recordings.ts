import { and, asc, eq, inArray, lt } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

export type RecordingRow = Tables['recordings']['$inferSelect']
export type RecordingChange = Partial<Omit<RecordingRow, 'id' | 'call' | 'userId' | 'createdAt'>>

export async function findRecordings(
  { orm, tables: { recordings: t } }: Database,
  call: number,
): Promise<RecordingRow[]> {
  return orm.select().from(t).where(eq(t.call, call)).orderBy(asc(t.id))
}

export async function findRecordingsByStatus(
  { orm, tables: { recordings: t } }: Database,
  status: RecordingRow['status'],
  limit: number,
): Promise<RecordingRow[]> {
  return orm.select().from(t).where(eq(t.status, status)).orderBy(asc(t.id)).limit(limit)
}

export function* insertRecording(tx: Orm, { recordings: t }: Tables, values: Tables['recordings']['$inferInsert']) {
  const [row] = yield* run(tx.insert(t).values(values).returning())
  return row!
}

export function* updateRecording(tx: Orm, { recordings: t }: Tables, id: number, change: RecordingChange) {
  const [row] = yield* run(tx.update(t).set(change).where(eq(t.id, id)).returning())
  return row ?? null
}

/** Recordings made before an instant, the oldest first. */
export function recordingsBefore({ orm, tables: { recordings: t } }: Database, before: string, limit: number) {
  return orm
    .select({ id: t.id, path: t.path })
    .from(t)
    .where(and(lt(t.createdAt, before), inArray(t.status, ['stored', 'transcribed', 'failed'])))
    .orderBy(asc(t.id))
    .limit(limit)
}

export function* deleteRecordings(tx: Orm, { recordings: t }: Tables, ids: number[]) {
  yield* run(tx.delete(t).where(inArray(t.id, ids)))
}
