import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Measured } from './load.ts'
import type { LoadOrder } from './load-process.ts'

const root = join(import.meta.dirname, '..')
// As `npm start` runs it. Plain JavaScript without types: it runs before anything is installed.
const { serviceFlags }: { serviceFlags: string[] } = await import(join(root, 'bin/setup/program.mjs'))

export type Subject = { port: number; child: ChildProcess }

/** Starts one of the servers in a process of its own, on its own copy of the data. */
export async function start(script: string, settings: Record<string, string>): Promise<Subject> {
  const flags = script.startsWith('server/') ? serviceFlags : []
  const child = spawn(process.execPath, [...flags, script], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      MALLOC_ARENA_MAX: '2',
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', piece => {
      text += piece
      const found = /running at http:\/\/[^:]+:(\d+)/.exec(text)?.[1]
      if (found) resolve(Number(found))
    })
    child.once('exit', () => reject(new Error(`${script} ended: ${text}`)))
  })
  return { port, child }
}

export async function stop({ child }: Subject): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

export type Result = Measured & { cpuUs: number }

/** One run of load from a process of its own, and what it cost the server in CPU. */
export async function measure(subject: Subject, order: Omit<LoadOrder, 'port'>): Promise<Result> {
  const generator = fork(new URL('./load-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const before = cpuMs(subject)
    generator.send({ ...order, port: subject.port } satisfies LoadOrder)
    const [measured] = (await once(generator, 'message')) as [Measured]
    return { ...measured, cpuUs: ((cpuMs(subject) - before) * 1000) / measured.requests }
  } finally {
    generator.kill()
  }
}

/** utime and stime of /proc, in ticks of 10 ms. */
function cpuMs({ child }: Subject): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

export function memoryMb({ child }: Subject): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024
}
