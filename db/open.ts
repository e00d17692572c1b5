import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { pgKit, sqliteKit } from './kit.ts'
import { define, type Tables } from './schema.ts'
import { openSqlite } from './sqlite.ts'

/** drizzle's query builder; in PostgreSQL it is the same shape, so queries are only ever awaited (never `.get()` or `.all()`). */
export type Orm = BetterSQLite3Database

/**
 * One unit of writing. It yields queries and gets their rows back; it may compute between them, but never awaits:
 * SQLite runs it inside one synchronous transaction. It may run more than once (after a conflict, or when another work of
 * its group threw), so it changes nothing outside but what it assigns afresh. Use `run()` for typed results:
 * `const [row] = yield* run(tx.insert(users).values(v).returning())`.
 */
export type Work<T> = (tx: Orm) => Generator<unknown, T, unknown>

export type Database = {
  dialect: 'sqlite' | 'pg'
  /** What it was opened with. */
  url: string
  /** For reading, and only for reading. */
  orm: Orm
  tables: Tables
  /**
   * Runs `work` atomically and resolves after its commit is durable. SQLite groups all waiting works into one commit.
   * A work that throws is rolled back alone. A lock that is held for longer than 5 s rejects with `unavailable`.
   */
  write<T>(work: Work<T>): Promise<T>
  /**
   * Calls back soon after something was committed, by this process or another one that shares the database: within
   * about 100 ms, often for nothing, never with what it was. The returned function stops it.
   */
  watch(listener: () => void): () => void
  close(): Promise<void>
}

/** Hands one query to the writer and returns its rows, typed. */
export function* run<T>(query: PromiseLike<T>): Generator<unknown, T, unknown> {
  return (yield query) as T
}

export { prepared } from './prepared.ts'

/** Opens and migrates. `url` is `postgres://...`, or a file path, or `:memory:`. A helper is a second handle in a thread. */
export async function openDatabase(url: string, options: { isHelper?: boolean } = {}): Promise<Database> {
  if (!/^postgres(ql)?:/.test(url)) return openSqlite(url, define(sqliteKit), options)
  // Who has no PostgreSQL does not carry its driver either.
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(url, define(pgKit))
}
