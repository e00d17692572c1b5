import SQLite from 'better-sqlite3'
import { AppError } from '../errors.ts'

/** Copies a database that is in use, page by page, without stopping its writers. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new SQLite(from, { readonly: true, fileMustExist: true, timeout: 5_000 })
  try {
    await source.backup(to)
  } finally {
    source.close()
  }
  // One file, without a log beside it.
  const copy = new SQLite(to)
  copy.pragma('journal_mode = DELETE')
  copy.close()
}

/** Proves that a copy is whole and is ours; says how much is in it. */
export function inspectDatabase(path: string): { users: number; calls: number } {
  let copy: SQLite.Database | undefined
  try {
    copy = new SQLite(path, { readonly: true, fileMustExist: true })
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw damaged()
    const count = (table: string) => (copy!.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get() as { n: number }).n
    return { users: count('users'), calls: count('call_history') }
  } catch (error) {
    throw error instanceof SQLite.SqliteError ? damaged() : error
  } finally {
    copy?.close()
  }
}

const damaged = () => new AppError('bad_request', 'This database is damaged, or it is not one of this service.')
