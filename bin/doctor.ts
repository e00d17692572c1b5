import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Command } from 'commander'
import { type Env, env } from '#lib/env.ts'
import { refreshHealth } from '#lib/health/index.ts'
import { lookAtSpeech } from './doctor/speech.ts'
import { openForProgram, runProgram } from './program.ts'

/** One thing that was looked at. `isFine: null` is neither good nor bad, only worth knowing. */
export type Finding = { what: string; isFine: boolean | null; say: string }

const program = new Command('npm run doctor --')
  .description('Looks at everything the service needs and says what to do about what is missing.')
  .action(async () => {
    const settings = env()
    const findings = [
      { what: 'Settings', isFine: true, say: 'Every setting can be read.' },
      await lookAtDataFolder(settings),
      await lookAtPort(settings),
      lookAtPages(),
      ...(await lookAtParts()),
      ...(await lookAtSpeech(settings)),
      ...(await lookAtTelephone()),
    ]
    for (const { what, isFine, say } of findings)
      console.log(`${isFine === null ? '  ' : isFine ? 'ok' : '!!'}  ${`${what}:`.padEnd(15)}${say}`)
    if (findings.some(({ isFine }) => isFine === false)) process.exitCode = 1
  })

async function lookAtDataFolder({ DATA_DIR }: Env): Promise<Finding> {
  const probe = join(DATA_DIR, `.doctor-${process.pid}`)
  try {
    await mkdir(DATA_DIR, { recursive: true, mode: 0o700 })
    await writeFile(probe, '')
    await rm(probe)
    await openForProgram()
    return { what: 'Data folder', isFine: true, say: `${DATA_DIR} can be written.` }
  } catch {
    return { what: 'Data folder', isFine: false, say: `${DATA_DIR} cannot be written: set DATA_DIR to another folder.` }
  }
}

/** In use by ourselves is how it should be. */
async function lookAtPort({ SERVICE_HOST, SERVICE_PORT }: Env): Promise<Finding> {
  const isFree = await new Promise<boolean>(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(SERVICE_PORT, SERVICE_HOST, () => server.close(() => resolve(true)))
  })
  if (isFree) return { what: 'Port', isFine: null, say: `${SERVICE_PORT} is free: the service is not running.` }
  try {
    const response = await fetch(`http://127.0.0.1:${SERVICE_PORT}/ready`, { signal: AbortSignal.timeout(3_000) })
    const { phase } = (await response.json()) as { phase?: string }
    return { what: 'Port', isFine: response.ok, say: `The service answers on ${SERVICE_PORT} and is ${phase}.` }
  } catch {
    return { what: 'Port', isFine: false, say: `${SERVICE_PORT} is in use by another program: set SERVICE_PORT.` }
  }
}

function lookAtPages(): Finding {
  const isBuilt = existsSync(new URL('../.next/BUILD_ID', import.meta.url))
  return isBuilt
    ? { what: 'Pages', isFine: true, say: 'The pages are built.' }
    : { what: 'Pages', isFine: null, say: 'The pages are not built yet: npm start does it.' }
}

async function lookAtParts(): Promise<Finding[]> {
  const { details } = await refreshHealth()
  const names = {
    database: 'Database',
    disk: 'Disk',
    model: 'Model',
    speech: 'Speech',
    voice: 'Voice process',
  } as const
  return Object.entries(names).map(([part, what]) => {
    const { configured, working, message } = details[part as keyof typeof names]
    return { what, isFine: working ? true : configured ? false : null, say: message }
  })
}

/** The checks of Asterisk live beside this file; they place a call of their own. */
async function lookAtTelephone(): Promise<Finding[]> {
  const checks = new URL('./doctor/asterisk.ts', import.meta.url)
  if (!existsSync(checks)) return []
  const { lookAtAsterisk } = (await import(checks.href)) as { lookAtAsterisk: () => Promise<Finding[]> }
  return lookAtAsterisk()
}

await runProgram(program)
