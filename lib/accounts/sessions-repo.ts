import { and, desc, eq, gt, isNull, lt, ne, or } from 'drizzle-orm'
import { type Database, type Orm, run } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'

export type SessionRow = Tables['sessions']['$inferSelect']

export function* insertSession(tx: Orm, { sessions }: Tables, row: Tables['sessions']['$inferInsert']) {
  yield* run(tx.insert(sessions).values(row))
}

export async function selectSessions({ orm, tables: { sessions } }: Database, userId: number, at: string) {
  return orm
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, at)))
    .orderBy(desc(sessions.seenAt))
    .limit(200)
}

/** Whether somebody signed in to this account from this address before, and still is. */
export async function hasSessionFrom(
  { orm, tables: { sessions } }: Database,
  userId: number,
  address: string,
): Promise<boolean> {
  const rows = await orm
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.address, address), isNull(sessions.revokedAt)))
    .limit(1)
  return rows.length > 0
}

/** Ends one session of a user; false when there was none that is still open. */
export function* revokeSession(tx: Orm, { sessions }: Tables, userId: number, id: string, at: string) {
  const rows = yield* run(
    tx
      .update(sessions)
      .set({ revokedAt: at })
      .where(and(eq(sessions.id, id), eq(sessions.userId, userId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id }),
  )
  return rows.length > 0
}

/** Ends all sessions of a user but one; returns the ids. */
export function* revokeSessions(tx: Orm, { sessions }: Tables, userId: number, at: string, exceptId = '') {
  const rows = yield* run(
    tx
      .update(sessions)
      .set({ revokedAt: at })
      .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), ne(sessions.id, exceptId)))
      .returning({ id: sessions.id }),
  )
  return rows.map(row => row.id)
}

export function* extendSession(
  tx: Orm,
  { sessions }: Tables,
  id: string,
  change: { expiresAt: string; seenAt: string },
) {
  yield* run(tx.update(sessions).set(change).where(eq(sessions.id, id)))
}

export function* insertRefreshToken(tx: Orm, { refreshTokens }: Tables, row: Tables['refreshTokens']['$inferInsert']) {
  yield* run(tx.insert(refreshTokens).values(row))
}

/** A refresh token with its session and owner. */
export function* selectRefreshToken(tx: Orm, { refreshTokens, sessions, users }: Tables, hash: string) {
  const [row] = yield* run(
    tx
      .select({
        id: refreshTokens.id,
        usedAt: refreshTokens.usedAt,
        expiresAt: refreshTokens.expiresAt,
        sessionId: sessions.id,
        revokedAt: sessions.revokedAt,
        userId: users.id,
        username: users.username,
        isActive: users.isActive,
      })
      .from(refreshTokens)
      .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(refreshTokens.hash, hash)),
  )
  return row ?? null
}

/** Uses a refresh token up; false when it was used already, also by a request at the same time. */
export function* spendRefreshToken(tx: Orm, { refreshTokens }: Tables, id: number, at: string) {
  const rows = yield* run(
    tx
      .update(refreshTokens)
      .set({ usedAt: at })
      .where(and(eq(refreshTokens.id, id), isNull(refreshTokens.usedAt)))
      .returning({ id: refreshTokens.id }),
  )
  return rows.length > 0
}

/** Sessions that ended before `longAgo` go with their refresh tokens, tickets that expired before `at`. */
export function* deleteExpired(tx: Orm, { sessions, tickets }: Tables, at: string, longAgo: string) {
  yield* run(tx.delete(sessions).where(or(lt(sessions.expiresAt, longAgo), lt(sessions.revokedAt, longAgo))))
  yield* run(tx.delete(tickets).where(lt(tickets.expiresAt, at)))
}
