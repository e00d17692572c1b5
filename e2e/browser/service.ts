import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '..', '..')

export type Service = {
  url: string
  dataDir: string
  /** The processor time that its process has used, in milliseconds. */
  usedMs(): number
  /** What it has printed so far. */
  printed(): string
  /** `whileAway` runs between its end and its next start. */
  restart(whileAway?: () => Promise<void>): Promise<void>
  /** Resolves once the voice process (ROLE=all) answers calls. */
  untilVoiceWorks(): Promise<void>
  /** A call begins to go on, in a household that was seeded without one. */
  beginLiveCall(): Promise<void>
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

/** Of a process whose clock stands still when CLOCK_AT is set. */
const clockOf = (env: NodeJS.ProcessEnv) => (env.CLOCK_AT ? ['--import', './e2e/seed/fixed-clock.ts'] : [])

async function seedFolder(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  const seeding = spawn(process.execPath, [...clockOf(env), 'e2e/seed/seed.ts', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(seeding, 'exit')
  if (code !== 0) throw new Error('seeding failed')
}

type Start = {
  isSeeded: boolean
  /** The seeded household has a call that is still going on. */
  withLive?: boolean
  /** So many calls in all, going back through the years. */
  calls?: number
  settings?: Readonly<Record<string, string>>
  /** The moment in which the service and what it tells stand still. */
  standsAt?: string
}

/** The web process as it runs for people, on a folder of its own. */
export async function startService({
  isSeeded,
  withLive = true,
  calls = 0,
  settings = {},
  standsAt,
}: Start): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ai-call-browser-'))
  const port = await freePort()
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    SERVICE_HOST: '127.0.0.1',
    SERVICE_PORT: String(port),
    RATE_LIMITS: 'off',
    ROLE: 'web',
    LOG_LEVEL: 'warn',
    // Nothing of the machine that runs the tests is asked.
    OLLAMA_HOST: 'http://127.0.0.1:9',
    ...settings,
    ...(standsAt ? { CLOCK_AT: standsAt, TZ: 'UTC' } : {}),
  }
  if (isSeeded)
    await seedFolder(env, [
      ...(withLive ? [] : ['--without-live']),
      ...(standsAt ? ['--voice', '--month'] : []),
      ...(calls ? ['--calls', String(calls)] : []),
    ])
  const url = `http://localhost:${port}`
  let printed = ''
  let child: ChildProcess | null = null

  async function start() {
    const started = spawn(process.execPath, [...clockOf(env), 'server/main.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    const keep = (chunk: Buffer) => {
      printed += chunk.toString()
    }
    started.stdout?.on('data', keep)
    started.stderr?.on('data', keep)
    for (let tries = 0; tries < 240; tries++) {
      if (started.exitCode !== null) throw new Error(`the service did not start: ${printed}`)
      const isReady = await fetch(`${url}/ready`).then(
        answer => answer.ok,
        () => false,
      )
      if (isReady) return
      await sleep(250)
    }
    throw new Error(`the service was not ready in time: ${printed}`)
  }

  async function end() {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    running.kill('SIGTERM')
    const gone = once(running, 'exit')
    await Promise.race([gone, sleep(10_000).then(() => running.kill('SIGKILL'))])
  }

  await start()
  return {
    url,
    dataDir,
    usedMs() {
      // utime and stime, in ticks of 10 ms; what stands before them may hold spaces.
      const fields = readFileSync(`/proc/${child?.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * 10
    },
    printed: () => printed,
    async restart(whileAway) {
      await end()
      await whileAway?.()
      await start()
    },
    async untilVoiceWorks() {
      for (let tries = 0; tries < 180; tries++) {
        const health = (await (await fetch(`${url}/health`)).json()) as { details?: { voice?: { working?: boolean } } }
        if (health.details?.voice?.working) return
        await sleep(500)
      }
      throw new Error(`the voice process did not come: ${printed}`)
    },
    beginLiveCall: () => seedFolder(env, ['--live']),
    async stop() {
      await end()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
