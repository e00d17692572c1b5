import { existsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { startCheckpoints } from './checkpoints.ts'
import { groupedWriter } from './grouped-writer.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import type { Database } from './open.ts'
import type { Tables } from './schema.ts'
import { createWatchers } from './watchers.ts'

/** How long the start may wait for another process that is migrating. Nothing is served yet, so it may block. */
const startWaitMs = 30_000
/** In case the checkpoint thread is gone: the log is folded in by the writer itself when it is this many pages long. */
const lateCheckpointPages = 20_000
const keptStatements = 400

/**
 * A file path or `:memory:`. `isHelper` marks a second handle of the same process (a thread), which leaves checkpoints
 * to the first.
 */
export async function openSqlite(path: string, tables: Tables, { isHelper = false } = {}): Promise<Database> {
  const sqlite = new SQLite(path, { timeout: startWaitMs })
  sqlite.pragma('journal_mode = WAL')
  // The commit itself is not synced by SQLite but by `syncLog`, in another thread, before anybody hears of it: the loop never waits for the disk.
  sqlite.pragma('synchronous = NORMAL')
  try {
    migrateSqlite(sqlite)
  } catch (error) {
    sqlite.close()
    throw error
  }
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('busy_timeout = 0')
  sqlite.pragma(`cache_size = ${isHelper ? -4_000 : -16_000}`)
  // An INSERT that returns its row first copies every page that it will touch, to a file: a third of the time of a write.
  // Helpers sort whole tables, which may well go to the disk.
  if (!isHelper) sqlite.pragma('temp_store = MEMORY')
  sqlite.pragma(`wal_autocheckpoint = ${lateCheckpointPages}`)
  keepStatements(sqlite)

  const isFile = !sqlite.memory
  const log = isFile ? await openLog(sqlite) : null
  const stopCheckpoints = isFile && !isHelper ? startCheckpoints(path) : null
  const orm = drizzle(sqlite)
  const watchers = createWatchers(sqlite)
  const sync = async () => log?.datasync()
  const write = groupedWriter(sqlite, orm, { sync, onCommit: watchers.tell })
  let closing: Promise<void> | undefined
  return {
    dialect: 'sqlite',
    url: path,
    orm,
    tables,
    write,
    watch: watchers.watch,
    close() {
      closing ??= (async () => {
        await write(function* () {}).catch(() => {})
        watchers.close()
        await stopCheckpoints?.()
        await log?.close()
        sqlite.close()
      })()
      return closing
    },
  }
}

/** The write-ahead log lives as long as a connection does, so one handle to it is good until the end. */
async function openLog(sqlite: SQLite.Database): Promise<FileHandle> {
  const path = `${sqlite.name}-wal`
  // A fresh log appears with the first frame.
  if (!existsSync(path)) {
    sqlite.exec('BEGIN IMMEDIATE; CREATE TABLE first_frame (x); DROP TABLE first_frame; COMMIT')
  }
  return open(path, 'r+')
}

/** drizzle prepares a statement for each query it runs; the same text gets the same statement back, without the parser. */
function keepStatements(sqlite: SQLite.Database): void {
  const prepare = sqlite.prepare.bind(sqlite)
  const kept = new Map<string, SQLite.Statement>()
  sqlite.prepare = ((source: string) => {
    const found = kept.get(source)
    if (found && !found.busy) {
      kept.delete(source)
      kept.set(source, found)
      // drizzle turns raw rows on where it needs them, and never off.
      return found.reader ? found.raw(false) : found
    }
    const made = prepare(source)
    if (kept.size >= keptStatements) kept.delete(kept.keys().next().value!)
    kept.set(source, made)
    return made
  }) as typeof sqlite.prepare
}
