import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import { log } from '../log.ts'
import { once } from '../once.ts'
import { runBackup } from './child.ts'
import type { BackupJob } from './contract.ts'

export type Runner = typeof runBackup
type Held = { job: BackupJob; stop: AbortController; ended: Promise<void> }

const held = () => once('backup.job', (): { last: Held | null } => ({ last: null }))

export const lastJob = (): BackupJob | null => held().last?.job ?? null

/** Begins a backup; one at a time. Its failure is a sentence in the job. `onDone` runs when it lies on the shelf. */
export function beginBackup(
  { withRecordings, isNightly }: { withRecordings: boolean; isNightly: boolean },
  onDone: (name: string) => Promise<void>,
  run: Runner = runBackup,
): BackupJob {
  if (lastJob()?.state === 'running') throw new AppError('conflict', 'A backup is being made already.')
  const job: BackupJob = { state: 'running', step: 'copying', startedAt: now(), isNightly, message: null }
  const stop = new AbortController()
  const ended = run({ withRecordings, signal: stop.signal, tell: step => Object.assign(job, { step }) })
    .then(onDone)
    .then(
      () => void Object.assign(job, { state: 'done' }),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error)
        Object.assign(job, { state: 'failed', message })
        if (!stop.signal.aborted) log.warn({ reason: message }, 'a backup could not be made')
      },
    )
  held().last = { job, stop, ended }
  return job
}

/** Ends the backup that runs, if one does, and waits until nothing of it is left. */
export async function stopBackup(): Promise<void> {
  const last = held().last
  last?.stop.abort()
  await last?.ended
}
