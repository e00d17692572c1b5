import '#lib/dotenv.ts'
import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { claimFolder, neighbourSentence } from '#db/folder-claim.ts'
import { createSetupLink, startSweeping } from '#lib/accounts/index.ts'
import { readSettings } from '#lib/admin/index.ts'
import { startNightlyBackups } from '#lib/backup/index.ts'
import { startCallWork } from '#lib/calls/index.ts'
import { database } from '#lib/database.ts'
import type { Env } from '#lib/env.ts'
import { refreshHealth, startProbes } from '#lib/health/index.ts'
import { setPhase } from '#lib/health/readiness.ts'
import { log } from '#lib/log.ts'
import { startNotifier } from '#lib/notify/index.ts'
import { outliveReaders } from '#lib/output.ts'
import { warmModel } from '#lib/screening/index.ts'
import { prepareSecrets } from '#lib/secrets.ts'
import { superviseAgent } from './agent.ts'
import { announce } from './announce.ts'
import { makeFolder } from './folder.ts'
import { isSocketAnswered } from './neighbour.ts'
import { startSentence } from './sentence.ts'
import { startServer } from './server.ts'
import { settingsOrSentence } from './settings.ts'

/** No refusal: after a crash the old voice process may still be finishing its calls. */
const neighbour =
  'A voice process already answers on this data folder. If another service runs there, stop it or set DATA_DIR.'

Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV ?? 'production' })

/** The web process. `ROLE=all` also keeps the voice process; `ROLE=agent` is only it, supervised the same way. */
async function main(): Promise<void> {
  outliveReaders()
  const settings = settingsOrSentence()
  if (!settings) process.exit(1)
  try {
    await run(settings)
  } catch (error) {
    fail(error, settings)
  }
}

async function run(settings: Env): Promise<void> {
  // Whatever this process and its children write is private to their user.
  process.umask(0o077)
  await makeFolder(settings.DATA_DIR)
  await access(settings.DATA_DIR, constants.W_OK)
  prepareSecrets()
  const claim = settings.ROLE === 'agent' || settings.DATABASE_URL ? null : claimFolder(settings.DATA_DIR)
  if (claim && !claim.isOurs) log.warn(neighbourSentence(claim.holder))
  const db = await database()
  const stopProbes = startProbes()
  if (settings.ROLE !== 'web' && (await isSocketAnswered(settings.agentSocket))) log.warn(neighbour)
  const script = new URL('../agent/main.ts', import.meta.url).pathname
  const web =
    settings.ROLE === 'agent'
      ? null
      : await startServer({
          port: settings.SERVICE_PORT,
          host: settings.SERVICE_HOST,
          pages: arePagesBuilt() ? 'production' : 'none',
          voiceSocket: settings.agentSocket,
        })
  const stopWork = web ? startWork() : null
  const agent =
    settings.ROLE === 'web'
      ? null
      : superviseAgent({ script, onHung: moveUnansweredCalls, onEnded: moveUnansweredCalls })
  stopOnSignal(async () => {
    setPhase('draining')
    stopProbes()
    await Promise.all([web?.close(), agent?.stop()])
    await stopWork?.()
    await db.close()
    claim?.release()
  })
  if (web)
    announce({ url: settings.PUBLIC_URL ?? web.url, setupLink: await createSetupLink(), health: await refreshHealth() })
}

/** What goes on beside requests: indexing, retention, closing lost calls, notices; and the model is loaded before the first call. */
function startWork(): () => Promise<void> {
  const stops = [startCallWork({ readRetention }), startNotifier(), startSweeping(), startNightlyBackups()]
  warmModel().catch(error => log.warn({ err: error }, 'the model could not be warmed'))
  return async () => void (await Promise.all(stops.map(stop => stop())))
}

async function readRetention() {
  const { callRetentionDays, recordingRetentionDays } = await readSettings()
  return { callsDays: callRetentionDays, recordingsDays: recordingRetentionDays }
}

/** `npm start` builds them. Without them this is still a service for scripts and telephones. */
function arePagesBuilt(): boolean {
  const isBuilt = existsSync(new URL('../.next/BUILD_ID', import.meta.url))
  if (!isBuilt) log.warn('the pages are not built: only the API answers')
  return isBuilt
}

function fail(error: unknown, settings: Env): void {
  const sentence = startSentence(error, { port: settings.SERVICE_PORT, dataDir: settings.DATA_DIR })
  if (sentence) console.log(sentence)
  else log.fatal({ err: error }, 'the service could not start')
  process.exit(1)
}

/** The first signal drains, the second ends at once. Nothing may hang for longer than 15 s. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSinceMs = 0
  const onSignal = () => {
    // Ctrl-C reaches this process twice: from the terminal and from bin/start.mjs. Only a later one is impatience.
    if (stoppingSinceMs > 0) {
      if (performance.now() - stoppingSinceMs > 500) process.exit(130)
      return
    }
    stoppingSinceMs = performance.now()
    console.log('Stopping.')
    void Promise.race([stop(), sleep(15_000)]).then(
      () => process.exit(0),
      error => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
  process.on('disconnect', onSignal)
}

async function moveUnansweredCalls(): Promise<void> {
  const { releaseCalls } = await import('#lib/telephony/index.ts')
  await releaseCalls()
}

// A fault that nobody caught is logged and survived when it is a rejected promise; a thrown one ends the process, which its supervisor restarts.
process.on('unhandledRejection', error => log.error({ err: error }, 'a promise was rejected and nobody listened'))

await main()
