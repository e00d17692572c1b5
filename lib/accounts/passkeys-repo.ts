import { and, asc, eq } from 'drizzle-orm'
import { type Database, type Orm, run } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'

export type PasskeyRow = Tables['passkeys']['$inferSelect']

export async function selectPasskeys({ orm, tables: { passkeys } }: Database, userId: number): Promise<PasskeyRow[]> {
  return orm.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.id))
}

export async function findPasskey({ orm, tables: { passkeys } }: Database, credentialId: string) {
  const [row] = await orm.select().from(passkeys).where(eq(passkeys.credentialId, credentialId))
  return row ?? null
}

export function* insertPasskey(tx: Orm, { passkeys }: Tables, row: Tables['passkeys']['$inferInsert']) {
  const [inserted] = yield* run(tx.insert(passkeys).values(row).returning())
  return inserted!
}

export function* updatePasskey(
  tx: Orm,
  { passkeys }: Tables,
  id: number,
  change: { counter: number; lastUsedAt: string },
) {
  yield* run(tx.update(passkeys).set(change).where(eq(passkeys.id, id)))
}

export function* deletePasskey(tx: Orm, { passkeys }: Tables, userId: number, id: number) {
  const [row] = yield* run(
    tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
      .returning({ name: passkeys.name }),
  )
  return row ?? null
}
