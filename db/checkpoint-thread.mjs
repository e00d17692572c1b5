// Plain JavaScript, so that this thread needs no copy of what strips types: that would cost more memory than all it does.
import { statSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

/** @type {{ path: string }} */
const { path } = workerData
const everyMs = 400
const worthBytes = 4 * 1024 * 1024

const sqlite = new SQLite(path, { timeout: 50 })
sqlite.pragma('synchronous = NORMAL')
sqlite.pragma('wal_autocheckpoint = 0')
let folded = 0

setInterval(() => {
  try {
    const { size, mtimeMs } = statSync(`${path}-wal`)
    // Passive: waits for nobody, blocks nobody. The log starts again from its beginning once all of it is folded in.
    if (size < worthBytes || mtimeMs === folded) return
    sqlite.pragma('wal_checkpoint(PASSIVE)')
    folded = mtimeMs
  } catch {
    // Busy, or the file is gone with its owner: the next round tries again.
  }
}, everyMs)
