import { Command } from 'commander'
import { env } from '#lib/env.ts'
import { now } from '#lib/instant.ts'
import {
  type InstallOptions,
  importModel,
  megabytes,
  type Progress,
  pullModel,
  removeModel,
} from '#lib/models/install.ts'
import { purposeOf } from '#lib/models/kinds.ts'
import { findArchive, findModel, type ManifestEntry, manifest } from '#lib/models/manifest.ts'
import { readLock } from '#lib/models/store.ts'
import { systemClock } from '#lib/voice/adapters/clock.ts'
import { tryModel } from '#lib/voice/adapters/load-test.ts'
import { Refusal, runProgram } from './program.ts'

type Flags = { acceptLicence?: boolean; json?: boolean }

const program = new Command('npm run models --').description('Speech models: ears that understand callers, and voices.')

program
  .command('list')
  .description('what can be pulled, and what is installed')
  .option('--json', 'for programs')
  .action(async ({ json }: Flags) => {
    const { models } = await readLock(env().DATA_DIR).catch((error: Error) => {
      throw new Refusal(error.message)
    })
    if (json) {
      console.log(JSON.stringify(manifest.map(entry => ({ ...entry, installed: models[entry.name] ?? null }))))
      return
    }
    for (const purpose of ['ears', 'voice'] as const) {
      console.log(purpose === 'ears' ? 'Ears' : '\nVoices')
      for (const entry of manifest.filter(one => purposeOf(one.kind) === purpose)) {
        const state = models[entry.name] ? 'installed' : `about ${megabytes(entry.aboutBytes)}`
        console.log(
          `  ${entry.name.padEnd(20)} ${entry.languages.join(', ').padEnd(7)} ${state.padEnd(14)} ${entry.licence.id.padEnd(14)} ${entry.advice}`,
        )
      }
    }
    console.log('\nflite speaks English without being pulled. npm run models pull NAME')
  })

program
  .command('pull <name>')
  .description('download a model, check it against its published digest, try it, install it')
  .option('--accept-licence', 'accept its licence, which is shown otherwise')
  .option('--json', 'progress as lines of JSON, for programs')
  .action(async (name: string, flags: Flags) => {
    const entry = findModel(name)
    if (!entry) throw new Refusal(`There is no model called ${name}. See: npm run models list`)
    await run(flags, async options => {
      const acceptsLicence = askLicence(entry, flags)
      const { model, isFirstTrusted } = await pullModel(name, { ...options, acceptsLicence })
      if (isFirstTrusted && !flags.json) {
        console.log(
          `Its publisher gives no digest for it: the one of this download is kept, and later ones must be the same (${model.sha256}).`,
        )
      }
      return `${entry.label} is installed (${megabytes(model.bytes)}). The service uses it within seconds.`
    })
  })

program
  .command('import <file>')
  .description('install an archive that was brought here, without internet')
  .option('--as <name>', 'which model it is, when its file name does not tell')
  .option('--sha256 <digest>', 'what its digest must be')
  .option('--accept-licence', 'accept its licence, which is shown otherwise')
  .option('--json', 'progress as lines of JSON, for programs')
  .action(async (file: string, flags: Flags & { as?: string; sha256?: string }) => {
    if (flags.sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(flags.sha256)) {
      throw new Refusal('--sha256 takes 64 hexadecimal digits.')
    }
    const entry = flags.as ? findModel(flags.as) : findArchive(file.split('/').at(-1) ?? '')
    await run(flags, async options => {
      // the licence is asked for when it is known which model this is; importModel says so when it is not
      const acceptsLicence = entry ? askLicence(entry, flags) : true
      const model = await importModel(file, {
        ...options,
        acceptsLicence,
        ...(flags.as ? { as: flags.as } : {}),
        ...(flags.sha256 ? { sha256: flags.sha256 } : {}),
      })
      return `${model.label} is installed (${megabytes(model.bytes)}).`
    })
  })

program
  .command('remove <name>')
  .description('take a model away')
  .option('--json', 'for programs')
  .action((name: string, flags: Flags) =>
    run(flags, async ({ dataDir }) => {
      await removeModel(dataDir, name)
      return `${name} is removed.`
    }),
  )

function askLicence({ label, licence }: ManifestEntry, { acceptLicence }: Flags): boolean {
  if (acceptLicence) return true
  throw new Refusal(
    `${label} comes under this licence (${licence.id}, ${licence.url}):\n\n${licence.text}\n\nRepeat the command with --accept-licence to accept it.`,
  )
}

/** Everything a command may fail with is a sentence; with --json it is a line of JSON like the progress. */
async function run(flags: Flags, work: (options: InstallOptions) => Promise<string>): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort(new Error('Stopped. What was downloaded is kept, the same command goes on.')))
  }
  // the dashboard's process is gone: nobody waits for this any more
  process.stdout.on('error', () => stop.abort(new Error('Stopped.')))
  try {
    const message = await work({
      dataDir: env().DATA_DIR,
      clock: systemClock,
      signal: stop.signal,
      onProgress: flags.json ? progress => console.log(JSON.stringify(progress)) : draw(),
      tryModel,
      now,
    })
    console.log(flags.json ? JSON.stringify({ step: 'done', message }) : message)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (!flags.json) throw new Refusal(message)
    console.log(JSON.stringify({ step: 'failed', message }))
    process.exitCode = 1
  }
}

const words: Record<Exclude<Progress['step'], 'downloading'>, string> = {
  looking_up: 'Looking the release up',
  checking: 'Checking what came',
  unpacking: 'Unpacking',
  trying: 'Trying it',
  installed: 'Installing',
}

/** One line for each step; on a terminal the download counts up in place. */
function draw(): (progress: Progress) => void {
  let shown = -1
  let isOpen = false
  return progress => {
    if (progress.step !== 'downloading') {
      if (isOpen) process.stdout.write('\n')
      isOpen = false
      console.log(`${words[progress.step]} ...`)
      return
    }
    const percent = Math.floor((progress.done / progress.total) * 100)
    if (percent === shown) return
    shown = percent
    const line = `Downloading ${percent} % of ${megabytes(progress.total)}`
    if (process.stdout.isTTY) {
      isOpen = true
      process.stdout.write(`\r${line}`)
    } else if (percent % 10 === 0) console.log(line)
  }
}

await runProgram(program)
