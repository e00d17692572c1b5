import { existsSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { AppError } from '../errors.ts'

export type OldUser = {
  id: number
  username: string
  email: string
  password_hash: string
  created_at: string | null
  last_login: string | null
  is_active: number | null
  api_key?: string | null
}

export type OldCall = {
  id: number
  user_id: number | null
  call_id: string
  caller_number: string | null
  called_number: string | null
  timestamp: string | null
  action: string | null
  message: string | null
  status: string | null
}

export type OldDatabase = {
  users: OldUser[]
  /** All calls of one user, oldest first, a few at a time. */
  callsOf(userId: number): Iterable<OldCall>
  /** Calls that belong to no user. */
  strayCalls: number
  close(): void
}

/** Opens the users.db of the first service for reading. Columns that an older version did not have are null. */
export function openOldDatabase(path: string): OldDatabase {
  if (!existsSync(path)) throw new AppError('not_found', `There is no file ${path}.`)
  let old: SQLite.Database | undefined
  try {
    old = new SQLite(path, { readonly: true, timeout: 5_000 })
    const userColumns = columnsOf(old, 'users')
    for (const name of ['id', 'username', 'email', 'password_hash']) if (!userColumns.has(name)) throw notOld()
    const select = (table: string, names: string[]) => {
      const columns = columnsOf(old!, table)
      return names.map(name => (columns.has(name) ? name : `NULL AS ${name}`)).join(', ')
    }
    const users = old
      .prepare(
        `SELECT ${select('users', ['id', 'username', 'email', 'password_hash', 'created_at', 'last_login', 'is_active', 'api_key'])} FROM users ORDER BY id`,
      )
      .all() as OldUser[]
    const hasCalls = columnsOf(old, 'call_history').size > 0
    const columns = hasCalls
      ? select('call_history', [
          'id',
          'user_id',
          'call_id',
          'caller_number',
          'called_number',
          'timestamp',
          'action',
          'message',
          'status',
        ])
      : ''
    const calls = hasCalls ? old.prepare(`SELECT ${columns} FROM call_history WHERE user_id = ? ORDER BY id`) : null
    const stray = hasCalls
      ? (old.prepare('SELECT COUNT(*) AS n FROM call_history WHERE user_id IS NULL').get() as { n: number }).n
      : 0
    const opened = old
    return {
      users,
      callsOf: userId => (calls ? (calls.iterate(userId) as Iterable<OldCall>) : []),
      strayCalls: stray,
      close: () => opened.close(),
    }
  } catch (error) {
    old?.close()
    throw error instanceof SQLite.SqliteError ? notOld() : error
  }
}

function columnsOf(old: SQLite.Database, table: 'users' | 'call_history' | string): Set<string> {
  const rows = old.pragma(`table_info(${table})`) as { name: string }[]
  return new Set(rows.map(({ name }) => name))
}

const notOld = () => new AppError('bad_request', 'This is no users.db of the first service.')
