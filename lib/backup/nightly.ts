import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readSettings } from '../admin/index.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { lastJob, stopBackup } from './jobs.ts'
import { makeNightlyBackup } from './service.ts'
import { listShelf, shelfOf } from './shelf.ts'

const lookEveryMs = 10 * 60_000
const hourMs = 3_600_000

/**
 * Whether it is time: in the small hours of the machine once a day, and at any hour when a machine that sleeps at night has
 * missed one.
 */
export function isBackupDue({ sinceMs, atMs, hour }: { sinceMs: number; atMs: number; hour: number }): boolean {
  const ageMs = atMs - sinceMs
  return ageMs >= 36 * hourMs || (ageMs >= 20 * hourMs && hour >= 2 && hour < 5)
}

async function look(at: Date): Promise<void> {
  const { DATA_DIR, DATABASE_URL } = env()
  if (DATABASE_URL || lastJob()?.state === 'running') return
  if (!(await readSettings()).nightlyBackups) return
  const [newest] = await listShelf(shelfOf(DATA_DIR))
  const failed = lastJob()?.state === 'failed' ? Date.parse(lastJob()!.startedAt) : 0
  // A house without a backup counts from its first day, and a failure is tried again with the next one's turn.
  const born = (await stat(join(DATA_DIR, 'users.db'))).birthtimeMs
  const sinceMs = Math.max(newest ? Date.parse(newest.createdAt) : born, failed)
  if (isBackupDue({ sinceMs, atMs: at.getTime(), hour: at.getHours() })) await makeNightlyBackup()
}

/** Looks every ten minutes whether the night's backup is due. The function it returns stops that, and a backup that runs. */
export function startNightlyBackups(): () => Promise<void> {
  let underWay = Promise.resolve()
  const timer = setInterval(() => {
    underWay = look(new Date()).catch(error => log.warn({ err: error }, 'the nightly backup could not be begun'))
  }, lookEveryMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
    await stopBackup()
  }
}
