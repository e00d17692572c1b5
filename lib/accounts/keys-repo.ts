import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Database, type Orm, run } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'

export type KeyRow = Tables['apiKeys']['$inferSelect']

export function* insertKey(tx: Orm, { apiKeys }: Tables, row: Tables['apiKeys']['$inferInsert']) {
  const [inserted] = yield* run(tx.insert(apiKeys).values(row).returning())
  return inserted!
}

export async function selectKeys({ orm, tables: { apiKeys } }: Database, userId: number): Promise<KeyRow[]> {
  return orm
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)))
    .orderBy(asc(apiKeys.id))
}

/** The key that register and login return. */
export function* selectFirstKey(tx: Orm, { apiKeys }: Tables, userId: number) {
  const [row] = yield* run(
    tx
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.userId, userId), eq(apiKeys.kind, 'first'), isNull(apiKeys.revokedAt))),
  )
  return row ?? null
}

/** A first key that can no longer be unsealed goes on working under a name. */
export function* renameKey(tx: Orm, { apiKeys }: Tables, id: number, name: string) {
  yield* run(tx.update(apiKeys).set({ kind: 'named', name, sealed: null }).where(eq(apiKeys.id, id)))
}

export function* revokeKey(tx: Orm, { apiKeys }: Tables, userId: number, id: number, at: string) {
  const [row] = yield* run(
    tx
      .update(apiKeys)
      .set({ revokedAt: at, sealed: null })
      .where(and(eq(apiKeys.id, id), eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name }),
  )
  return row ?? null
}
