import { setPriority } from 'node:os'
import { basename, dirname, resolve } from 'node:path'
import { Command } from 'commander'
import { createBackup, pruneShelf, shelfOf, verifyBackup } from '#lib/backup/index.ts'
import { env } from '#lib/env.ts'
import { isAppError } from '#lib/errors.ts'
import { Refusal, runProgram } from './program.ts'

type Options = { to?: string; recordings?: boolean; keep?: string; verify?: string; json?: boolean }

const program = new Command('npm run backup --')
  .description('A verified copy of the database and its secrets, while the service runs.')
  .option('--to <folder>', 'where to (default: backups in the data folder)')
  .option('--recordings', 'with the recordings')
  .option('--keep <count>', 'remove all but this many of the newest backups in the folder')
  .option('--verify <file>', 'only check a backup')
  .option('--json', 'a line of JSON for each step, for a program that waits')
  .action(async (options: Options) => {
    const { to, recordings, keep, verify } = options
    if (verify) {
      const { users, calls } = await verifyBackup(resolve(verify))
      console.log(`${verify} is whole: ${users} users, ${calls} calls.`)
      return
    }
    if (options.json) return await report(() => make({ to, recordings }, step => print({ step })))
    const { path, bytes, manifest } = await make({ to, recordings })
    console.log(
      `${path}: ${manifest.users} users, ${manifest.calls} calls, ${(bytes / 1_048_576).toFixed(1)} MB, checked.`,
    )
    if (!keep) return
    for (const name of await pruneShelf(dirname(path), Number(keep) || 1)) console.log(`Removed ${name}.`)
  })

function make({ to, recordings = false }: Pick<Options, 'to' | 'recordings'>, tell = (_step: string) => {}) {
  const { DATA_DIR: dataDir, RECORDINGS_DIR: recordingsDir, DATABASE_URL, MIN_FREE_SPACE_MB } = env()
  if (DATABASE_URL)
    throw new Refusal('With PostgreSQL, pg_dump makes the backup; keep the folder keys of DATA_DIR with it.')
  return createBackup(
    { dataDir, recordingsDir },
    {
      to: resolve(to ?? shelfOf(dataDir)),
      withRecordings: recordings,
      minFreeBytes: MIN_FREE_SPACE_MB * 1_048_576,
      tell,
    },
  )
}

const print = (line: object) => console.log(JSON.stringify(line))

/** For the web process: each step, then the name or the sentence of the failure. Callers come first, so it is nice to them. */
async function report(work: () => ReturnType<typeof make>): Promise<void> {
  setPriority(10)
  try {
    print({ step: 'done', name: basename((await work()).path) })
  } catch (error) {
    print({ step: 'failed', message: isAppError(error) ? error.message : 'The backup could not be written.' })
    process.exitCode = 1
  }
}

await runProgram(program)
