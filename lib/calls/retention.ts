import { rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { toInstant } from '../instant.ts'
import { apart } from './apart.ts'
import { recordingFile, removeRecordingFiles } from './recording-files.ts'
import { deleteRecordings, recordingsBefore } from './repo-recordings.ts'
import { deleteCalls, recordingsOf } from './repo-retention.ts'

/** How long is kept what; null is for ever. */
export type Retention = { callsDays: number | null; recordingsDays: number | null }

const dayMs = 86_400_000
/** Small steps: a caller never waits for the broom. */
const stepRows = 50

/**
 * Deletes calls and recordings that are older than their owner's house wants to keep them, files first: what is left
 * after a crash is a row without a file, which the next round removes. Returns how much it was.
 */
export async function applyRetention(
  { callsDays, recordingsDays }: Retention,
  now = Date.now(),
): Promise<{ calls: number; recordings: number }> {
  const done = { calls: 0, recordings: 0 }
  if (recordingsDays !== null) done.recordings += await sweepRecordings(toInstant(now - recordingsDays * dayMs))
  if (callsDays !== null) done.calls += await sweepCalls(toInstant(now - callsDays * dayMs))
  return done
}

async function sweepRecordings(before: string): Promise<number> {
  const db = await database()
  let total = 0
  for (;;) {
    const rows = await recordingsBefore(db, before, stepRows)
    if (rows.length === 0) return total
    await removeFiles(rows.map(({ path }) => path))
    await db.write(function* (tx) {
      yield* deleteRecordings(
        tx,
        db.tables,
        rows.map(({ id }) => id),
      )
    })
    total += rows.length
  }
}

async function sweepCalls(before: string): Promise<number> {
  const db = await database()
  let total = 0
  for (;;) {
    const ids = await apart(db, 'oldCalls', { before, limit: stepRows })
    if (ids.length === 0) return total
    const recordings = await recordingsOf(db, ids)
    await removeFiles(recordings.map(({ path }) => path))
    await db.write(function* (tx) {
      yield* deleteCalls(tx, db.tables, ids)
    })
    total += ids.length
  }
}

async function removeFiles(paths: string[]): Promise<void> {
  await removeRecordingFiles(paths)
  const folders = new Set(paths.flatMap(path => recordingFile(path) ?? []).map(file => dirname(file)))
  // Folders of days that are empty now go too; one that is not empty refuses.
  for (const folder of folders) if (folder !== env().RECORDINGS_DIR) await rmdir(folder).catch(() => {})
}
