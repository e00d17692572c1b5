import '#lib/dotenv.ts'
import { database } from '#lib/database.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { outliveReaders } from '#lib/output.ts'
import { type Agent, startAgent } from './agent.ts'

/** The voice process, as a program. Its supervisor restarts it; SIGTERM lets calls end. */
process.umask(0o077)
outliveReaders()

let agent: Agent | null = null
let isStopping = false

async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  setTimeout(() => process.exit(0), 12_000).unref()
  await agent?.stop()
  await (await database()).close().catch(() => {})
  process.exit(0)
}

process.on('SIGTERM', () => void stop())
// the terminal's Ctrl-C reaches this process too; its supervisor says when to stop
process.on('SIGINT', () => {
  if (!process.send) void stop()
})
// a web process that was killed leaves nobody who could stop us
process.on('disconnect', () => void stop())
process.on('unhandledRejection', error => log.error({ err: error }, 'something was not waited for'))
process.on('uncaughtException', error => {
  log.fatal({ err: error }, 'the voice process failed and is started again')
  process.exit(1)
})

try {
  await database()
  agent = await startAgent({ env: env() })
  log.info('the voice process is ready')
} catch (error) {
  log.fatal({ err: error }, 'the voice process could not start')
  process.exit(1)
}
