import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

/** `holder` is the other web process that works on this folder, where it is known. */
export type FolderClaim = { isOurs: boolean; holder: number | null; release(): void }

/**
 * One web process for one SQLite folder: two would both send notices, index and delete, and each would tell its browsers only
 * of its own calls. The claim is a lock of the system on `web.lock`, which ends with its process however that ends: no
 * number of a process that is long gone, or of another one that got it since, can be mistaken for it. `web.pid` only
 * says in words who holds it.
 */
export function claimFolder(folder: string): FolderClaim {
  const note = join(folder, 'web.pid')
  const nobody: FolderClaim = { isOurs: true, holder: null, release() {} }
  let lock: SQLite.Database | undefined
  try {
    lock = new SQLite(join(folder, 'web.lock'), { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    writeFileSync(note, `${process.pid}\n`)
  } catch (error) {
    lock?.close()
    const isTaken = (error as { code?: string }).code === 'SQLITE_BUSY'
    // A disk that is full or a folder without locks is no reason for silence about anything else: the start goes on.
    return isTaken ? { isOurs: false, holder: readHolder(note), release() {} } : nobody
  }
  const held = lock
  return { isOurs: true, holder: null, release: () => held.close() }
}

function readHolder(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim())
    return Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid ? pid : null
  } catch {
    return null
  }
}

/** What the log says when another web process was there first. */
export function neighbourSentence(holder: number | null): string {
  const who = holder === null ? 'Another web process' : `Another web process (${holder})`
  return `${who} works on this data folder already: stop one of them, or give this one a DATA_DIR of its own. Several need PostgreSQL (DATABASE_URL).`
}
