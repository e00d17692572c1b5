import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { AppError } from '../lib/errors.ts'
import type { Database, Orm, Work } from './open.ts'
import type { Tables } from './schema.ts'

const lockWaitMs = 5_000
const migrationsFolder = new URL('./migrations/sqlite', import.meta.url).pathname

type Waiting = { work: Work<unknown>; resolve: (value: unknown) => void; reject: (error: unknown) => void }
type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown }

/** A file path or `:memory:`. Locks are waited for off the loop: SQLite itself gives up at once and the group is tried again. */
export async function openSqlite(path: string, tables: Tables): Promise<Database> {
  const sqlite = new SQLite(path, { timeout: lockWaitMs })
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  const orm = drizzle(sqlite)
  migrate(orm, { migrationsFolder })
  sqlite.pragma('busy_timeout = 0')
  const write = groupedWriter(sqlite, orm)
  return {
    dialect: 'sqlite',
    orm,
    tables,
    write,
    async close() {
      await write(function* () {})
      sqlite.close()
    },
  }
}

/** Group commit: every work that waits when the loop comes round shares one transaction and one fsync. */
function groupedWriter(sqlite: SQLite.Database, orm: Orm): Database['write'] {
  let waiting: Waiting[] = []
  let isScheduled = false

  async function flush() {
    const group = waiting
    waiting = []
    try {
      const outcomes = await commitGroup(sqlite, orm, group)
      group.forEach((item, i) => {
        const outcome = outcomes[i]!
        if (outcome.ok) item.resolve(outcome.value)
        else item.reject(outcome.error)
      })
    } catch (error) {
      for (const item of group) item.reject(error)
    }
    isScheduled = false
    if (waiting.length > 0) schedule()
  }

  function schedule() {
    isScheduled = true
    setImmediate(() => void flush())
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      if (!isScheduled) schedule()
    })
}

async function commitGroup(sqlite: SQLite.Database, orm: Orm, group: Waiting[]): Promise<Outcome[]> {
  const deadline = Date.now() + lockWaitMs
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 2, 50)) {
    try {
      return commitNow(sqlite, orm, group)
    } catch (error) {
      if (!isBusy(error)) throw error
      if (Date.now() + waitMs > deadline)
        throw new AppError('unavailable', 'The database is busy. Please try again.', 5)
      await sleep(waitMs)
    }
  }
}

function commitNow(sqlite: SQLite.Database, orm: Orm, group: Waiting[]): Outcome[] {
  sqlite.exec('BEGIN IMMEDIATE')
  try {
    const outcomes = group.map(({ work }): Outcome => {
      sqlite.exec('SAVEPOINT work')
      try {
        const value = runNow(work(orm))
        sqlite.exec('RELEASE work')
        return { ok: true, value }
      } catch (error) {
        if (!sqlite.inTransaction) throw error
        sqlite.exec('ROLLBACK TO work; RELEASE work')
        return { ok: false, error }
      }
    })
    sqlite.exec('COMMIT')
    return outcomes
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK')
    throw error
  }
}

type SyncQuery = { _prepare(): { execute(): { sync(): unknown } } }

function runNow<T>(steps: Generator<unknown, T, unknown>): T {
  let step = steps.next()
  while (!step.done) {
    let rows: unknown
    try {
      rows = isQuery(step.value) ? step.value._prepare().execute().sync() : step.value
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(rows)
  }
  return step.value
}

function isQuery(value: unknown): value is SyncQuery {
  return typeof value === 'object' && value !== null && '_prepare' in value
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY')
}
