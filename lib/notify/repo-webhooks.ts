import { and, asc, count, eq, inArray, isNotNull, isNull, lt, lte, max } from 'drizzle-orm'
import { run } from '#db/open.ts'
import { database } from '#lib/database.ts'
import { now, toInstant } from '#lib/instant.ts'
import { canReachPrivateNetwork } from './policy.ts'

/** Rows of webhooks and their deliveries. */
type Tables = Awaited<ReturnType<typeof database>>['tables']
export type WebhookRow = Tables['webhooks']['$inferSelect']
export type DeliveryRow = Tables['webhookDeliveries']['$inferSelect']

const claimMs = 30_000

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
