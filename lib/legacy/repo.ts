import { and, eq, inArray } from 'drizzle-orm'
import { type Orm, run } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'

type NewCall = Tables['callHistory']['$inferInsert']

export function* findById(tx: Orm, { users }: Tables, id: number) {
  const [row] = yield* run(tx.select({ id: users.id }).from(users).where(eq(users.id, id)))
  return row ?? null
}

export function* findByKeys(tx: Orm, { users }: Tables, usernameKey: string, emailKey: string) {
  const byName = yield* run(
    tx.select({ id: users.id, emailKey: users.emailKey }).from(users).where(eq(users.usernameKey, usernameKey)),
  )
  const byEmail = yield* run(tx.select({ id: users.id }).from(users).where(eq(users.emailKey, emailKey)))
  return { byName: byName[0] ?? null, byEmail: byEmail[0] ?? null }
}

export function* insertUser(tx: Orm, { users }: Tables, row: Tables['users']['$inferInsert']) {
  const [made] = yield* run(tx.insert(users).values(row).returning({ id: users.id }))
  return made!.id
}

export function* insertKey(tx: Orm, { apiKeys }: Tables, row: Tables['apiKeys']['$inferInsert']) {
  yield* run(tx.insert(apiKeys).values(row).onConflictDoNothing())
}

/** Adds the calls that are not there yet, and says how many those were. The same call_id at another time is another call. */
export function* insertCalls(tx: Orm, { callHistory }: Tables, userId: number, calls: NewCall[]) {
  const { id, callId, timestamp } = callHistory
  const known = yield* run(
    tx
      .select({ id, callId, timestamp })
      .from(callHistory)
      .where(
        and(
          eq(callHistory.userId, userId),
          inArray(
            callId,
            calls.flatMap(call => namesOf(call.callId)),
          ),
        ),
      ),
  )
  const taken = new Map(known.map(row => [row.callId, row.timestamp]))
  const fresh: NewCall[] = []
  for (const call of calls) {
    const name = namesOf(call.callId).find(each => !taken.has(each) || taken.get(each) === call.timestamp)
    if (!name || taken.has(name)) continue
    taken.set(name, call.timestamp)
    fresh.push({ ...call, callId: name, userId })
  }
  if (fresh.length > 0) yield* run(tx.insert(callHistory).values(fresh))
  return fresh.length
}

/** The first service stored a call_id again and again; here it is unique for each user. */
function namesOf(callId: string): string[] {
  return [callId, ...Array.from({ length: 9 }, (_, i) => `${callId.slice(0, 120)} (${i + 2})`)]
}
