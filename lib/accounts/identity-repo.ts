import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Database, run } from '../../db/open.ts'

/** What deciding "who is asking" reads: three prepared lookups, made once for each database handle. */
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>()

function prepare({ orm, tables: { apiKeys, sessions, users } }: Database) {
  const user = {
    userId: users.id,
    username: users.username,
    role: users.role,
    isActive: users.isActive,
    signedOutAt: users.signedOutAt,
  }
  return {
    session: orm
      .select({ ...user, seenAt: sessions.seenAt, expiresAt: sessions.expiresAt, revokedAt: sessions.revokedAt })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.id, sql.placeholder('id')))
      .prepare(),
    key: orm
      .select({ ...user, keyId: apiKeys.id, scopes: apiKeys.scopes, lastUsedAt: apiKeys.lastUsedAt })
      .from(apiKeys)
      .innerJoin(users, eq(users.id, apiKeys.userId))
      .where(and(eq(apiKeys.hash, sql.placeholder('hash')), isNull(apiKeys.revokedAt)))
      .prepare(),
    /** GET /user/profile: asked for often, so that it is one lookup. */
    profile: orm
      .select({
        id: users.id,
        username: users.username,
        email: users.email,
        createdAt: users.createdAt,
        lastLogin: users.lastLogin,
        hint: apiKeys.hint,
      })
      .from(users)
      .leftJoin(apiKeys, and(eq(apiKeys.userId, users.id), eq(apiKeys.kind, 'first'), isNull(apiKeys.revokedAt)))
      .where(eq(users.id, sql.placeholder('id')))
      .limit(1)
      .prepare(),
    user: orm
      .select(user)
      .from(users)
      .where(eq(users.id, sql.placeholder('id')))
      .prepare(),
  }
}

export function identityQueries(db: Database) {
  let queries = prepared.get(db)
  if (!queries) {
    queries = prepare(db)
    prepared.set(db, queries)
  }
  return queries
}

/** Notes that a session was used just now. */
export function noteSeen(db: Database, sessionId: string, at: string): Promise<unknown> {
  const { sessions } = db.tables
  return db.write(function* (tx) {
    yield* run(tx.update(sessions).set({ seenAt: at }).where(eq(sessions.id, sessionId)))
  })
}

/** Notes that an API key was used just now. */
export function noteUsed(db: Database, keyId: number, at: string): Promise<unknown> {
  const { apiKeys } = db.tables
  return db.write(function* (tx) {
    yield* run(tx.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, keyId)))
  })
}

export async function isKeyLive({ orm, tables: { apiKeys } }: Database, id: number): Promise<boolean> {
  const rows = await orm
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
  return rows.length > 0
}
