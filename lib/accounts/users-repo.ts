import { and, asc, eq, gt, inArray, isNull, like, lt, or, sql } from 'drizzle-orm'
import { type Database, type Orm, run } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'
import type { UserQuery } from './contract.ts'

export type UserRow = Tables['users']['$inferSelect']
export type NewUserRow = Tables['users']['$inferInsert']

export async function findUser({ orm, tables: { users } }: Database, id: number): Promise<UserRow | null> {
  const [row] = await orm.select().from(users).where(eq(users.id, id))
  return row ?? null
}

/** By folded username or folded e-mail; a username wins, because only it is what its owner signs in with. */
export async function findUserByName(
  { orm, tables: { users } }: Database,
  keys: { username: string; email: string },
): Promise<UserRow | null> {
  const rows = await orm
    .select()
    .from(users)
    .where(or(eq(users.usernameKey, keys.username), eq(users.emailKey, keys.email)))
    .limit(2)
  return rows.find(row => row.usernameKey === keys.username) ?? rows[0] ?? null
}

export function* insertUser(tx: Orm, { users }: Tables, row: NewUserRow) {
  const [inserted] = yield* run(tx.insert(users).values(row).returning())
  return inserted!
}

/** Changes what is given; nothing given changes nothing. */
export function* updateUser(tx: Orm, { users }: Tables, id: number, change: Partial<NewUserRow>) {
  if (Object.keys(change).length > 0) yield* run(tx.update(users).set(change).where(eq(users.id, id)))
}

export function* deleteUser(tx: Orm, { users }: Tables, id: number) {
  yield* run(tx.delete(users).where(eq(users.id, id)))
}

/** Deletes up to `limit` calls of a user, with what hangs on them; returns how many it found. */
export function* deleteSomeCalls(tx: Orm, { callHistory }: Tables, userId: number, limit: number) {
  const rows = yield* run(
    tx.select({ id: callHistory.id }).from(callHistory).where(eq(callHistory.userId, userId)).limit(limit),
  )
  const ids = rows.map(row => row.id)
  if (ids.length > 0) yield* run(tx.delete(callHistory).where(inArray(callHistory.id, ids)))
  return ids.length
}

/** Active administrators besides `exceptId`, counted inside the unit of work that might end the last one. */
export function* countOtherAdmins(tx: Orm, { users }: Tables, exceptId: number) {
  // Keeps their rows until this unit of work ends, so that two administrators cannot end each other.
  const rows = yield* run(
    tx
      .update(users)
      .set({ role: sql`${users.role}` })
      .where(and(eq(users.role, 'admin'), eq(users.isActive, 1)))
      .returning({ id: users.id }),
  )
  return rows.filter(row => row.id !== exceptId).length
}

export async function hasAdmin({ orm, tables: { users } }: Database): Promise<boolean> {
  const rows = await orm.select({ id: users.id }).from(users).where(eq(users.role, 'admin')).limit(1)
  return rows.length > 0
}

export async function selectUsers({ orm, tables: { users } }: Database, { after, search, limit }: UserQuery) {
  const pattern = search ? `%${search.replace(/[\\%_]/g, '')}%` : null
  return orm
    .select()
    .from(users)
    .where(
      and(
        after === undefined ? undefined : gt(users.id, after),
        pattern === null
          ? undefined
          : or(like(users.usernameKey, pattern.toLowerCase()), like(users.emailKey, pattern.toLowerCase())),
      ),
    )
    .orderBy(asc(users.id))
    .limit(limit + 1)
}

/** The recordings of a user on disk, relative to RECORDINGS_DIR. */
export async function recordingPathsOf({ orm, tables: { recordings } }: Database, userId: number): Promise<string[]> {
  const rows = await orm.select({ path: recordings.path }).from(recordings).where(eq(recordings.userId, userId))
  return rows.map(row => row.path)
}

/** Uses a time step up; false when it, or a later one, was used before. */
export function* claimTotpStep(tx: Orm, { users }: Tables, id: number, step: number) {
  const rows = yield* run(
    tx
      .update(users)
      .set({ totpStep: step })
      .where(and(eq(users.id, id), or(isNull(users.totpStep), lt(users.totpStep, step))))
      .returning({ id: users.id }),
  )
  return rows.length > 0
}

/** The recovery codes that are left, kept from other units of work until this one ends: each code works once. */
export function* holdRecovery(tx: Orm, { users }: Tables, id: number) {
  return yield* run(
    tx
      .update(users)
      .set({ totpStep: sql`${users.totpStep}` })
      .where(eq(users.id, id))
      .returning({ recoveryHashes: users.recoveryHashes }),
  )
}
