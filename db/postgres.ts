import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Database, Orm, Work } from './open.ts'
import type { Tables } from './schema.ts'

const migrationsFolder = new URL('./migrations/pg', import.meta.url).pathname
const migrationLock = 4_217_001

/** Migrates under an advisory lock, so that several machines may start at once. */
export async function openPostgres(url: string, tables: Tables): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 })
  // An idle connection that the server drops is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {})
  const lock = await pool.connect()
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await migrate(drizzle(pool), { migrationsFolder })
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    lock.release()
  }
  return {
    dialect: 'pg',
    orm: drizzle(pool) as unknown as Orm,
    tables,
    write: work => writeOnce(pool, work),
    close: () => pool.end(),
  }
}

async function writeOnce<T>(pool: pg.Pool, work: Work<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const steps = work(drizzle(client) as unknown as Orm)
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
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
