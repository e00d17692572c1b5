import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type BackupStep, backupSteps } from './contract.ts'

type Line = { step?: string; name?: string; message?: string }
type Options = { withRecordings: boolean; tell(step: BackupStep): void; signal: AbortSignal; root?: string }

/**
 * Runs `npm run backup` as a child: copying, checking and packing a large database keep a core busy for a minute, which the
 * web process has no time for. Answers the backup's name, or throws a sentence.
 */
export function runBackup({ withRecordings, tell, signal, root = process.cwd() }: Options): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = [join(root, 'bin', 'backup.ts'), '--json', ...(withRecordings ? ['--recordings'] : [])]
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
    let last: Line = {}
    const stop = () => void child.kill('SIGTERM')
    const onExit = () => void child.kill('SIGKILL')
    signal.addEventListener('abort', stop)
    process.once('exit', onExit)
    createInterface({ input: child.stdout }).on('line', text => {
      last = parse(text) ?? last
      const step = backupSteps.find(each => each === last.step)
      if (step) tell(step)
    })
    child.on('error', reject)
    child.on('close', () => {
      signal.removeEventListener('abort', stop)
      process.off('exit', onExit)
      if (last.step === 'done' && last.name) return resolve(last.name)
      reject(new Error(last.step === 'failed' && last.message ? last.message : 'The backup was interrupted.'))
    })
  })
}

function parse(text: string): Line | null {
  try {
    const line: unknown = JSON.parse(text)
    return typeof line === 'object' ? line : null
  } catch {
    return null
  }
}
