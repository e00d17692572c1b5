import { resolve } from 'node:path'
import { Command } from 'commander'
import { restoreBackup } from '#lib/backup/index.ts'
import { env } from '#lib/env.ts'
import { Refusal, runProgram } from './program.ts'

const program = new Command('npm run restore --')
  .description(
    'Puts a backup (ai-call-*.tar.gz, or a plain users.db) in the place of the present data. Stop the service first.',
  )
  .argument('<file>')
  .action(async (file: string) => {
    const { DATA_DIR: dataDir, RECORDINGS_DIR: recordingsDir, DATABASE_URL, SERVICE_PORT } = env()
    if (DATABASE_URL) throw new Refusal('With PostgreSQL, pg_restore does this.')
    if (await isRunning(SERVICE_PORT)) throw new Refusal('The service is running: stop it first.')
    const { aside, users, calls } = await restoreBackup(resolve(file), { dataDir, recordingsDir })
    console.log(`Restored ${users} users and ${calls} calls. What was there before is in ${aside}.`)
  })

async function isRunning(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) })
    return ((await response.json()) as { service?: unknown }).service === 'AI Call Service'
  } catch {
    return false
  }
}

await runProgram(program)
