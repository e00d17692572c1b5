import type SQLite from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { besideDb } from './place.ts'

type Done = { created_at: number }

/**
 * Brings the file to the newest schema. One immediate transaction holds the write lock from the first look to the last
 * statement, so that several processes may start at once: the second waits and finds everything done. Foreign keys are
 * off meanwhile (a table is rebuilt by dropping it) and checked at the end.
 */
export function migrateSqlite(sqlite: SQLite.Database): void {
  const migrations = readMigrationFiles({ migrationsFolder: besideDb('migrations/sqlite') })
  if (newest(sqlite) === migrations.at(-1)?.folderMillis) return
  if (has(sqlite, 'users') && !has(sqlite, '__drizzle_migrations')) {
    throw new Error(`${sqlite.name} belongs to the first service: move it away and bring it in with "npm run import".`)
  }
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec('BEGIN IMMEDIATE')
  try {
    sqlite.exec(
      'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)',
    )
    const done = newest(sqlite) ?? -1
    const insert = sqlite.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
    for (const migration of migrations) {
      if (migration.folderMillis <= done) continue
      for (const statement of migration.sql) sqlite.exec(statement)
      insert.run(migration.hash, migration.folderMillis)
    }
    const broken = sqlite.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) throw new Error(`${broken.length} rows of ${sqlite.name} point at rows that are not there.`)
    sqlite.exec('COMMIT')
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK')
    throw error
  }
}

/** The schema of a file, against the one of this version: a file of a newer version must not be opened by an older one. */
export function schemaOf(sqlite: SQLite.Database): 'known' | 'newer' | 'foreign' {
  const migrations = readMigrationFiles({ migrationsFolder: besideDb('migrations/sqlite') })
  const last = newest(sqlite)
  if (last === undefined) return 'foreign'
  return last > (migrations.at(-1)?.folderMillis ?? 0) ? 'newer' : 'known'
}

function has(sqlite: SQLite.Database, table: string): boolean {
  return sqlite.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table) !== undefined
}

function newest(sqlite: SQLite.Database): number | undefined {
  if (!has(sqlite, '__drizzle_migrations')) return undefined
  const row = sqlite.prepare('SELECT created_at FROM __drizzle_migrations ORDER BY created_at DESC LIMIT 1').get()
  return (row as Done | undefined)?.created_at
}
