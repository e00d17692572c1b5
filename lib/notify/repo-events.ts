import { and, asc, desc, eq, gt, lte } from 'drizzle-orm'
import { run, type Work } from '#db/open.ts'
import { database } from '#lib/database.ts'
import { now, toInstant } from '#lib/instant.ts'

const cursorKey = 'notify.cursor'

/**
 * The events since the last claim, each handed to one process only: the cursor moves in the same transaction.
 * The first claim of a new service begins at the present. Events younger than `settleMs` wait, because in
 * PostgreSQL a lower id may still be uncommitted.
 */
export async function claimEvents(limit: number, settleMs: number) {
  const db = await database()
  const { callEvents, settings } = db.tables
  const [newest] = await db.orm.select({ id: callEvents.id }).from(callEvents).orderBy(desc(callEvents.id)).limit(1)
  const [seen] = await db.orm.select().from(settings).where(eq(settings.key, cursorKey))
  if (seen && Number(seen.value) >= (newest?.id ?? 0)) return []
  const claim: Work<(typeof callEvents.$inferSelect)[]> = function* (tx) {
    const at = { key: cursorKey, value: newest?.id ?? 0, updatedAt: now() }
    yield* run(tx.insert(settings).values(at).onConflictDoNothing())
    // Touching the row first takes its lock in PostgreSQL, so that two processes cannot read the same cursor.
    const [cursor] = yield* run(
      tx.update(settings).set({ updatedAt: now() }).where(eq(settings.key, cursorKey)).returning(),
    )
    const events = yield* run(
      tx
        .select()
        .from(callEvents)
        .where(
          and(gt(callEvents.id, Number(cursor!.value)), lte(callEvents.createdAt, toInstant(Date.now() - settleMs))),
        )
        .orderBy(asc(callEvents.id))
        .limit(limit),
    )
    const last = events.at(-1)
    if (last) yield* run(tx.update(settings).set({ value: last.id }).where(eq(settings.key, cursorKey)))
    return events
  }
  return db.write(claim)
}

/** Whoever has a device or a webhook; the events of everybody else concern nobody. */
export async function findListeners(): Promise<Set<number | null>> {
  const {
    orm,
    tables: { pushSubscriptions, webhooks },
  } = await database()
  const rows = await Promise.all([
    orm.selectDistinct({ userId: pushSubscriptions.userId }).from(pushSubscriptions),
    orm.selectDistinct({ userId: webhooks.userId }).from(webhooks),
  ])
  return new Set(rows.flat().map(({ userId }) => userId))
}

/** What a notification needs to know of a call, its person and its owner. */
export async function findCallForNotice(call: number) {
  const {
    orm,
    tables: { callHistory, people, users },
  } = await database()
  const [row] = await orm
    .select({ call: callHistory, person: people, user: users })
    .from(callHistory)
    .innerJoin(users, eq(users.id, callHistory.userId))
    .leftJoin(people, eq(people.id, callHistory.personId))
    .where(eq(callHistory.id, call))
  return row ?? null
}
