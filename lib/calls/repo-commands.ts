import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

export type CommandRow = Tables['callCommands']['$inferSelect']

export function* insertCommand(tx: Orm, { callCommands: t }: Tables, values: Tables['callCommands']['$inferInsert']) {
  const [row] = yield* run(tx.insert(t).values(values).returning())
  return row!
}

/** Orders that nobody has taken yet, the oldest first; indexed, so that asking ten times a second costs nothing. */
export function findOpenCommands(
  { orm, tables: { callCommands: t } }: Database,
  calls?: readonly number[],
  limit = 50,
) {
  const isMine = calls ? inArray(t.call, [...calls]) : undefined
  return orm
    .select({ id: t.id })
    .from(t)
    .where(and(isNull(t.claimedAt), isMine))
    .orderBy(asc(t.id))
    .limit(limit)
}

/** Takes these orders for one agent; of two agents that ask at once each gets its own. */
export function* claimCommands(tx: Orm, { callCommands: t }: Tables, ids: number[], agent: string, at: string) {
  return yield* run(
    tx
      .update(t)
      .set({ claimedAt: at, claimedBy: agent })
      .where(and(inArray(t.id, ids), isNull(t.claimedAt)))
      .returning(),
  )
}

export function* finishCommand(tx: Orm, { callCommands: t }: Tables, id: number, at: string, result: string) {
  yield* run(tx.update(t).set({ doneAt: at, result }).where(eq(t.id, id)))
}

/** Orders that no agent took in time come back to their owner as such. */
export function* expireCommands(tx: Orm, { callCommands: t }: Tables, before: string, at: string) {
  return yield* run(
    tx
      .update(t)
      .set({ claimedAt: at, doneAt: at, result: 'expired' })
      .where(and(isNull(t.claimedAt), lt(t.createdAt, before)))
      .returning({ id: t.id }),
  )
}
