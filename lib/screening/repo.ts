import { and, desc, eq, gte, lt, ne } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

/** A number's calls to one owner between two instants, newest first. */
export async function findRecent(
  { orm, tables }: Database,
  { userId, key, since, until, except }: { userId: number; key: string; since: string; until: string; except: number },
) {
  const { callHistory } = tables
  return orm
    .select({ timestamp: callHistory.timestamp, rung: callHistory.rung, action: callHistory.action })
    .from(callHistory)
    .where(
      and(
        eq(callHistory.userId, userId),
        eq(callHistory.callerKey, key),
        gte(callHistory.timestamp, since),
        lt(callHistory.timestamp, until),
        ne(callHistory.id, except),
      ),
    )
    .orderBy(desc(callHistory.timestamp))
    .limit(20)
}

export async function findOwner({ orm, tables }: Database, userId: number) {
  const { users } = tables
  const rows = await orm
    .select({ username: users.username, preferences: users.preferences })
    .from(users)
    .where(eq(users.id, userId))
  return rows[0] ?? null
}

const emergencySetting = (userId: number) => `emergency.${userId}`

export async function findEmergency({ orm, tables }: Database, userId: number): Promise<number | undefined> {
  const { settings } = tables
  const rows = await orm
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, emergencySetting(userId)))
  const at = typeof rows[0]?.value === 'string' ? Date.parse(rows[0].value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

export function* saveEmergency(tx: Orm, { settings }: Tables, userId: number, at: string) {
  const row = { key: emergencySetting(userId), value: at, updatedAt: at }
  yield* run(tx.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }))
}
