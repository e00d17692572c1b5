import SQLite from 'better-sqlite3'
import { schemaOf } from '../../db/migrate-sqlite.ts'
import { AppError } from '../errors.ts'

/**
 * Copies a database that is in use without stopping its writers. In one step: a copy in many would begin again whenever
 * somebody writes, and a busy house would never have one. Whoever calls it has nothing else to do meanwhile.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new SQLite(from, { readonly: true, fileMustExist: true, timeout: 5_000 })
  try {
    await source.backup(to, { progress: ({ totalPages }) => totalPages })
  } finally {
    source.close()
  }
  // One file, without a log beside it.
  const copy = new SQLite(to)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

/** Proves that a copy is whole, is ours, and is not of a newer version; says how much is in it. */
export function inspectDatabase(path: string): { users: number; calls: number } {
  let copy: SQLite.Database | undefined
  try {
    copy = new SQLite(path, { readonly: true, fileMustExist: true })
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw damaged()
    const count = (table: string) => (copy!.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get() as { n: number }).n
    const found = { users: count('users'), calls: count('call_history') }
    const schema = schemaOf(copy)
    if (schema === 'newer') {
      throw new AppError('conflict', 'This backup was made by a newer version: update the service first.')
    }
    if (schema === 'foreign') {
      throw new AppError('conflict', 'This is a users.db of the first service: bring it in with npm run import.')
    }
    return found
  } catch (error) {
    throw error instanceof SQLite.SqliteError ? damaged() : error
  } finally {
    copy?.close()
  }
}

/** Whether another process has this database open: then nothing may be put in its place. */
export function isDatabaseInUse(path: string): boolean {
  let file: SQLite.Database | undefined
  try {
    file = new SQLite(path, { fileMustExist: true, timeout: 200 })
    file.pragma('locking_mode = EXCLUSIVE')
    file.exec('BEGIN EXCLUSIVE; ROLLBACK')
    return false
  } catch (error) {
    // A file that is missing or damaged is what a restore is for.
    return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')
  } finally {
    file?.close()
  }
}

const damaged = () => new AppError('bad_request', 'This database is damaged, or it is not one of this service.')
