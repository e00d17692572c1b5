import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '#lib/accounts/actor.ts'
import { createUser, systemActor } from '#lib/accounts/index.ts'
import type { CallDetailDto } from '#lib/calls/contract.ts'
import { findCallDetail, listCalls } from '#lib/calls/index.ts'
import { database } from '#lib/database.ts'
import { changeLine, listLines } from '#lib/lines/index.ts'
import { createPerson } from '#lib/people/index.ts'
import { endsWithUs } from './guard.ts'
import { eventually } from './waiting.ts'
import type { World } from './world.ts'

/** A household with its own data folder, served by the real voice process. */
export type House = {
  readonly owner: Actor
  readonly folder: string
  readonly agent: ChildProcess
  /** What the voice process logged. */
  log(): string
  /** The newest call, as the owner's page has it, once `isReady` says so. */
  newestCall(isReady?: (call: CallDetailDto) => boolean, timeoutMs?: number): Promise<CallDetailDto>
  startAgent(settings?: Record<string, string>): Promise<void>
  stopAgent(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  close(): Promise<void>
}

/** Numbers of the household: its line, a friend, a favourite and somebody who is not welcome. */
export const numbers = {
  line: '+4930555100',
  stranger: '+4930555123',
  favourite: '+4930555777',
  blocked: '+4930555666',
} as const

/**
 * Makes the data, then starts the voice process on it. The settings of this process are the test's own from here on: call it
 * once in a file, before anything else asks for the database.
 */
export async function startHouse(world: World, settings: Record<string, string> = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'ai-call-house-'))
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' })
  const user = await createUser({
    username: 'anna',
    email: 'anna@example.org',
    password: 'Quiet-harbour-58',
    role: 'admin',
  })
  const owner = systemActor(user.id, user.username)
  const [line] = await listLines(owner)
  await changeLine(owner, line!.id, { numbers: [numbers.line], voice: 'rms', country: 'DE', timeZone: 'Europe/Berlin' })
  await createPerson(owner, { name: 'Best Friend', trust: 'favourite', numbers: [numbers.favourite] })
  await createPerson(owner, { name: 'Nuisance', trust: 'blocked', numbers: [numbers.blocked] })
  let agent: ChildProcess | null = null
  let log = ''

  async function startAgent(more: Record<string, string> = {}): Promise<void> {
    log = ''
    const mine = spawn(process.execPath, ['agent/main.ts'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATA_DIR: folder,
        LOG_LEVEL: 'info',
        // as its supervisor has it
        MALLOC_ARENA_MAX: '2',
        // nobody listens there: rules and the built-in listener decide
        OLLAMA_HOST: 'http://127.0.0.1:9',
        ...world.env,
        ...settings,
        ...more,
      },
    })
    agent = mine
    endsWithUs(mine)
    for (const stream of [mine.stdout, mine.stderr]) {
      stream.on('data', chunk => {
        log = (log + String(chunk)).slice(-100_000)
      })
    }
    await eventually(() => {
      if (mine.exitCode !== null) throw new Error(`The voice process ended.\n${log}`)
      if (!log.includes('Asterisk is connected') || !log.includes('the voice process is ready')) {
        throw new Error(`The voice process did not start.\n${log}`)
      }
    }, 60_000)
  }

  async function stopAgent(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const mine = agent
    agent = null
    if (!mine || mine.exitCode !== null || mine.signalCode !== null) return
    const ended = new Promise<void>(resolve => mine.once('exit', () => resolve()))
    mine.kill(signal)
    const late = setTimeout(() => mine.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(late)
  }

  await startAgent()
  return {
    owner,
    folder,
    get agent() {
      if (!agent) throw new Error('The voice process is not running.')
      return agent
    },
    log: () => log,
    startAgent,
    stopAgent,
    async newestCall(isReady = call => call.status !== 'in_progress', timeoutMs = 30_000) {
      return eventually(async () => {
        const { calls } = await listCalls(owner, { limit: 1 })
        if (!calls[0]) throw new Error('There is no call yet.')
        const call = await findCallDetail(owner, String(calls[0].id))
        if (!isReady(call))
          throw new Error(`The call is not there yet: ${JSON.stringify(call, null, 1).slice(0, 1_500)}`)
        return call
      }, timeoutMs)
    },
    async close() {
      await stopAgent()
      await (await database()).close()
      if (!process.env.KEEP_ASTERISK) await rm(folder, { recursive: true, force: true })
    },
  }
}
