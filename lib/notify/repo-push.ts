import { and, desc, eq, gt, isNull, or } from 'drizzle-orm'
import { run } from '#db/open.ts'
import { database } from '#lib/database.ts'
import { now } from '#lib/instant.ts'

/** Rows of devices, and what their owners want to hear of. */
type Tables = Awaited<ReturnType<typeof database>>['tables']
export type SubscriptionRow = Tables['pushSubscriptions']['$inferSelect']

/** A device that subscribes again, as another person perhaps, changes owner: the endpoint is the device. */
export async function saveSubscription(values: Omit<SubscriptionRow, 'id' | 'createdAt' | 'deliveredAt' | 'failures'>) {
  const {
    write,
    tables: { pushSubscriptions },
  } = await database()
  return write(function* (tx) {
    yield* run(tx.delete(pushSubscriptions).where(eq(pushSubscriptions.endpoint, values.endpoint)))
    const [row] = yield* run(
      tx
        .insert(pushSubscriptions)
        .values({ ...values, createdAt: now() })
        .returning(),
    )
    return row!
  })
}

export async function listSubscriptions(userId: number) {
  const {
    orm,
    tables: { pushSubscriptions },
  } = await database()
  return orm
    .select()
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.userId, userId))
    .orderBy(desc(pushSubscriptions.id))
    .limit(50)
}

/** Resolves to whether there was such a row of this user's. */
export async function deleteSubscription(userId: number, id: number) {
  const {
    write,
    tables: { pushSubscriptions },
  } = await database()
  const rows = await write(function* (tx) {
    return yield* run(
      tx
        .delete(pushSubscriptions)
        .where(and(eq(pushSubscriptions.userId, userId), eq(pushSubscriptions.id, id)))
        .returning({ id: pushSubscriptions.id }),
    )
  })
  return rows.length > 0
}

/** The devices whose session still runs: who signed out, was deactivated or let the session lapse hears no more. */
export async function listReachable(userId: number) {
  const { orm, tables } = await database()
  const { pushSubscriptions, sessions } = tables
  const rows = await orm
    .select({ device: pushSubscriptions })
    .from(pushSubscriptions)
    .leftJoin(sessions, eq(sessions.id, pushSubscriptions.sessionId))
    .where(
      and(
        eq(pushSubscriptions.userId, userId),
        or(isNull(pushSubscriptions.sessionId), and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now()))),
      ),
    )
    .limit(50)
  return rows.map(({ device }) => device)
}

/** Notes how sending went. `gone` removes the subscription, as the push service told us to. */
export async function recordPush(row: SubscriptionRow, outcome: 'delivered' | 'failed' | 'gone') {
  const {
    write,
    tables: { pushSubscriptions },
  } = await database()
  await write(function* (tx) {
    const here = eq(pushSubscriptions.id, row.id)
    if (outcome === 'gone') yield* run(tx.delete(pushSubscriptions).where(here))
    else if (outcome === 'delivered')
      yield* run(tx.update(pushSubscriptions).set({ deliveredAt: now(), failures: 0 }).where(here))
    else
      yield* run(
        tx
          .update(pushSubscriptions)
          .set({ failures: row.failures + 1 })
          .where(here),
      )
  })
}

export async function readPreferences(userId: number) {
  const {
    orm,
    tables: { users },
  } = await database()
  const [row] = await orm.select({ preferences: users.preferences }).from(users).where(eq(users.id, userId))
  return row?.preferences ?? {}
}

export async function savePreferences(userId: number, name: string, value: unknown) {
  const {
    write,
    tables: { users },
  } = await database()
  await write(function* (tx) {
    const [row] = yield* run(tx.select({ preferences: users.preferences }).from(users).where(eq(users.id, userId)))
    yield* run(
      tx
        .update(users)
        .set({ preferences: { ...row?.preferences, [name]: value } })
        .where(eq(users.id, userId)),
    )
  })
}
