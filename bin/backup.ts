import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { createBackup, verifyBackup } from '#lib/backup/index.ts'
import { env } from '#lib/env.ts'
import { Refusal, runProgram } from './program.ts'

type Options = { to?: string; recordings?: boolean; keep?: string; verify?: string }

const program = new Command('npm run backup --')
  .description('A verified copy of the database and its secrets, while the service runs.')
  .option('--to <folder>', 'where to (default: backups in the data folder)')
  .option('--recordings', 'with the recordings')
  .option('--keep <count>', 'remove all but this many of the newest backups in the folder')
  .option('--verify <file>', 'only check a backup')
  .action(async ({ to, recordings, keep, verify }: Options) => {
    if (verify) {
      const { users, calls } = await verifyBackup(resolve(verify))
      console.log(`${verify} is whole: ${users} users, ${calls} calls.`)
      return
    }
    const { DATA_DIR: dataDir, RECORDINGS_DIR: recordingsDir, DATABASE_URL } = env()
    if (DATABASE_URL)
      throw new Refusal('With PostgreSQL, pg_dump makes the backup; keep the folder keys of DATA_DIR with it.')
    const folder = resolve(to ?? join(dataDir, 'backups'))
    const { path, bytes, manifest } = await createBackup(
      { dataDir, recordingsDir },
      { to: folder, withRecordings: recordings ?? false },
    )
    console.log(
      `${path}: ${manifest.users} users, ${manifest.calls} calls, ${(bytes / 1_048_576).toFixed(1)} MB, checked.`,
    )
    if (keep) await removeOld(folder, Math.max(1, Number(keep) || 1))
  })

async function removeOld(folder: string, keep: number): Promise<void> {
  const backups = (await readdir(folder)).filter(name => /^ai-call-\d{14}\.tar\.gz$/.test(name)).sort()
  for (const name of backups.slice(0, -keep)) {
    await rm(join(folder, name))
    console.log(`Removed ${name}.`)
  }
}

await runProgram(program)
