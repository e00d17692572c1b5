import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, max, or } from 'drizzle-orm'
import { run, type Work } from '#db/open.ts'
import { database } from '#lib/database.ts'
import { now, toInstant } from '#lib/instant.ts'
import { canReachPrivateNetwork } from './policy.ts'

/** Rows of push subscriptions, webhooks and their deliveries. */
type Tables = Awaited<ReturnType<typeof database>>['tables']
export type SubscriptionRow = Tables['pushSubscriptions']['$inferSelect']
export type WebhookRow = Tables['webhooks']['$inferSelect']
export type DeliveryRow = Tables['webhookDeliveries']['$inferSelect']

const claimMs = 30_000
const cursorKey = 'notify.cursor'

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

export async function insertWebhook(values: Omit<WebhookRow, 'id' | 'disabledAt'>) {
  const {
    write,
    tables: { webhooks },
  } = await database()
  return write(function* (tx) {
    const [row] = yield* run(tx.insert(webhooks).values(values).returning())
    return row!
  })
}

export async function countWebhooks(userId: number) {
  const {
    orm,
    tables: { webhooks },
  } = await database()
  const [row] = await orm.select({ n: count() }).from(webhooks).where(eq(webhooks.userId, userId))
  return row?.n ?? 0
}

/** The user's webhooks, each with its latest delivery. */
export async function listWebhooks(userId: number) {
  const {
    orm,
    tables: { webhooks, webhookDeliveries },
  } = await database()
  const rows = await orm.select().from(webhooks).where(eq(webhooks.userId, userId)).orderBy(asc(webhooks.id))
  if (rows.length === 0) return []
  const latest = await orm
    .select({ webhookId: webhookDeliveries.webhookId, id: max(webhookDeliveries.id) })
    .from(webhookDeliveries)
    .where(
      and(
        inArray(
          webhookDeliveries.webhookId,
          rows.map(row => row.id),
        ),
        isNotNull(webhookDeliveries.lastStatus),
      ),
    )
    .groupBy(webhookDeliveries.webhookId)
  const ids = latest.flatMap(row => row.id ?? [])
  const deliveries =
    ids.length > 0 ? await orm.select().from(webhookDeliveries).where(inArray(webhookDeliveries.id, ids)) : []
  return rows.map(row => ({ row, delivery: deliveries.find(delivery => delivery.webhookId === row.id) }))
}

export async function deleteWebhook(userId: number, id: number) {
  const {
    write,
    tables: { webhooks },
  } = await database()
  const rows = await write(function* (tx) {
    return yield* run(
      tx
        .delete(webhooks)
        .where(and(eq(webhooks.userId, userId), eq(webhooks.id, id)))
        .returning({ id: webhooks.id }),
    )
  })
  return rows.length > 0
}

/** Queues one body for each webhook of the user that wants the event. */
export async function queueDeliveries(userId: number, event: string, body: string) {
  const {
    write,
    tables: { webhooks, webhookDeliveries },
  } = await database()
  await write(function* (tx) {
    const rows = yield* run(
      tx
        .select()
        .from(webhooks)
        .where(and(eq(webhooks.userId, userId), isNull(webhooks.disabledAt))),
    )
    const wanted = rows.filter(row => row.events.includes(event))
    if (wanted.length === 0) return
    yield* run(
      tx
        .insert(webhookDeliveries)
        .values(wanted.map(row => ({ webhookId: row.id, event, body, nextAt: now(), createdAt: now() }))),
    )
  })
}

/** Takes deliveries that are due and hides them from other processes for 30 s; a process that dies lets them fall due again. */
export async function claimDeliveries(
  limit: number,
): Promise<{ delivery: DeliveryRow; webhook: WebhookRow; allowsPrivate: boolean }[]> {
  const {
    orm,
    write,
    tables: { users, webhooks, webhookDeliveries },
  } = await database()
  const due = await orm
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(lte(webhookDeliveries.nextAt, now()))
    .limit(1)
  if (due.length === 0) return []
  return write(function* (tx) {
    const instant = now()
    const rows = yield* run(
      tx
        .select()
        .from(webhookDeliveries)
        .where(lte(webhookDeliveries.nextAt, instant))
        .orderBy(asc(webhookDeliveries.nextAt))
        .limit(limit),
    )
    const claimed = yield* run(
      tx
        .update(webhookDeliveries)
        .set({ nextAt: toInstant(Date.now() + claimMs) })
        .where(
          and(
            inArray(
              webhookDeliveries.id,
              rows.map(row => row.id),
            ),
            lte(webhookDeliveries.nextAt, instant),
          ),
        )
        .returning(),
    )
    if (claimed.length === 0) return []
    const owned = yield* run(
      tx
        .select({ webhook: webhooks, role: users.role })
        .from(webhooks)
        .innerJoin(users, eq(users.id, webhooks.userId))
        .where(
          inArray(
            webhooks.id,
            claimed.map(row => row.webhookId),
          ),
        ),
    )
    return claimed.flatMap(delivery => {
      const found = owned.find(({ webhook }) => webhook.id === delivery.webhookId)
      return found ? [{ delivery, webhook: found.webhook, allowsPrivate: canReachPrivateNetwork(found) }] : []
    })
  })
}

/** `nextAt` null ends the delivery. Finished ones older than a week are dropped along the way. */
export async function recordDelivery(
  id: number,
  result: { status: number | null; attempts: number; nextAt: string | null; isDelivered: boolean },
) {
  const {
    write,
    tables: { webhookDeliveries },
  } = await database()
  await write(function* (tx) {
    yield* run(
      tx
        .update(webhookDeliveries)
        .set({
          lastStatus: result.status,
          attempts: result.attempts,
          nextAt: result.nextAt,
          deliveredAt: result.isDelivered ? now() : null,
        })
        .where(eq(webhookDeliveries.id, id)),
    )
    const weekAgo = toInstant(Date.now() - 7 * 86_400_000)
    yield* run(
      tx
        .delete(webhookDeliveries)
        .where(and(isNull(webhookDeliveries.nextAt), lt(webhookDeliveries.createdAt, weekAgo))),
    )
  })
}

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
