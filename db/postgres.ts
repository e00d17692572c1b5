import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { AppError, isAppError } from '../lib/errors.ts'
import { createNotices } from './notices.ts'
import type { Database, Orm, Work } from './open.ts'
import { besideDb } from './place.ts'
import type { Tables } from './schema.ts'

const migrationLock = 4_217_001
const lockWaitMs = 5_000
/** Serialisation failure, deadlock: the server asks for another try. */
const worthAnotherTry = new Set(['40001', '40P01'])
const maxTries = 4

/** Migrates under an advisory lock, so that several machines may start at once. */
export async function openPostgres(url: string, tables: Tables): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: lockWaitMs,
    options: `-c lock_timeout=${lockWaitMs} -c idle_in_transaction_session_timeout=30000`,
  })
  // An idle connection that the server drops is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {})
  try {
    await migrateAlone(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  const notices = createNotices(url)
  let closing: Promise<void> | undefined
  return {
    dialect: 'pg',
    url,
    orm: drizzle(pool) as unknown as Orm,
    tables,
    write: work => writeAgain(pool, work),
    watch: notices.watch,
    close() {
      closing ??= notices.close().then(() => pool.end())
      return closing
    },
  }
}

async function migrateAlone(pool: pg.Pool): Promise<void> {
  const lock = await pool.connect()
  try {
    await lock.query('SET lock_timeout = 0')
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await migrate(drizzle(pool), { migrationsFolder: besideDb('migrations/pg') })
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    // Ended rather than given back: its lock_timeout differs.
    lock.release(true)
  }
}

async function writeAgain<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await writeOnce(pool, work)
    } catch (error) {
      if (!worthAnotherTry.has(codeOf(error)) || tries >= maxTries) throw toAppError(error)
      await sleep(tries * 10)
    }
  }
}

/** One query builder for each connection, so that what is prepared on it stays. */
const ormOf = new WeakMap<pg.PoolClient, Orm>()

function ormFor(client: pg.PoolClient): Orm {
  const orm = ormOf.get(client) ?? (drizzle(client) as unknown as Orm)
  ormOf.set(client, orm)
  return orm
}

async function writeOnce<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  const client = await pool.connect()
  let isBroken = false
  const onError = () => {
    isBroken = true
  }
  client.on('error', onError)
  try {
    await client.query('BEGIN')
    const steps = work(ormFor(client))
    let step = steps.next()
    while (!step.done) {
      let rows: unknown
      try {
        rows = await step.value
      } catch (error) {
        step = steps.throw(error)
        continue
      }
      step = steps.next(rows)
    }
    await client.query('COMMIT')
    return step.value
  } catch (error) {
    await client.query('ROLLBACK').catch(onError)
    throw error
  } finally {
    client.off('error', onError)
    client.release(isBroken)
  }
}

function codeOf(error: unknown): string {
  for (let at = error; typeof at === 'object' && at !== null; at = (at as { cause?: unknown }).cause) {
    const code = (at as { code?: unknown }).code
    if (typeof code === 'string') return code
  }
  return ''
}

function toAppError(error: unknown): unknown {
  if (isAppError(error)) return error
  const code = codeOf(error)
  if (code === '55P03') return new AppError('unavailable', 'The database is busy. Please try again.', 5)
  if (/^(08|57P|53)/.test(code) || isTimeout(error) || /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH)/.test(code)) {
    return new AppError('unavailable', 'The database cannot be reached. Please try again.', 5)
  }
  return error
}

/** The pool says "no connection in time" in words only. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/i.test(error.message)
}
