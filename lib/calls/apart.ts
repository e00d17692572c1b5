import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Database } from '#db/open.ts'
import { besideDb } from '#db/place.ts'
import { AppError, type ErrorCode } from '../errors.ts'
import { log } from '../log.ts'
import { once } from '../once.ts'
import { tasks } from './apart-tasks.ts'

type Tasks = typeof tasks
type Asked<Name extends keyof Tasks> = Parameters<Tasks[Name]>[1]
type Answer<Name extends keyof Tasks> = Awaited<ReturnType<Tasks[Name]>>
type Waiting = { resolve(value: unknown): void; reject(error: unknown): void }
type Reply = { id: number; value?: unknown; failure?: { code: string; message: string } }

const deadlineMs = 30_000
const maxWaiting = 200
const threads = once('calls.apart', () => new WeakMap<Database, Thread>())

/**
 * Runs a task that reads many rows where it holds nobody up: for a SQLite file in a thread with a handle of its own, for
 * PostgreSQL and for a database in memory right here.
 */
export async function apart<Name extends keyof Tasks>(
  db: Database,
  name: Name,
  asked: Asked<Name>,
): Promise<Answer<Name>> {
  if (db.dialect === 'pg' || db.url === ':memory:') {
    const task = tasks[name] as (db: Database, asked: Asked<Name>) => Promise<Answer<Name>>
    return task(db, asked)
  }
  let thread = threads.get(db)
  if (!thread) {
    thread = startThread(db.url, () => threads.delete(db))
    threads.set(db, thread)
  }
  return thread.ask(name, asked) as Promise<Answer<Name>>
}

/** Ends the thread of this database, if it was ever needed. */
export async function stopApart(db: Database): Promise<void> {
  await threads.get(db)?.stop()
  threads.delete(db)
}

type Thread = { ask(task: string, asked: unknown): Promise<unknown>; stop(): Promise<void> }

function startThread(url: string, onGone: () => void): Thread {
  // Not written with `new`: Next's bundler would take every file of the project for what may run in the thread.
  const worker = Reflect.construct(Worker, [
    threadFile(),
    {
      workerData: { url },
      execArgv: [`--import=${pathToFileURL(besideDb('quick-modules.mjs')).href}`],
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    },
  ]) as Worker
  worker.unref()
  const waiting = new Map<number, Waiting>()
  let lastId = 0

  function giveUp(why: unknown) {
    onGone()
    if (waiting.size > 0) log.error({ err: why }, 'the thread for long reads ended')
    for (const { reject } of waiting.values()) reject(new AppError('unavailable', 'Please try again.', 2))
    waiting.clear()
  }
  worker.on('error', giveUp)
  worker.on('exit', giveUp)
  worker.on('message', ({ id, value, failure }: Reply) => {
    const asker = waiting.get(id)
    waiting.delete(id)
    if (!failure) asker?.resolve(value)
    else asker?.reject(toError(failure))
  })

  return {
    ask(task, asked) {
      if (waiting.size >= maxWaiting)
        throw new AppError('unavailable', 'Too many searches at once. Please try again.', 5)
      const id = ++lastId
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(id)
          reject(new AppError('unavailable', 'This took too long. Please ask for less.', 30))
        }, deadlineMs)
        timer.unref()
        const settle = (run: (value: unknown) => void) => (value: unknown) => {
          clearTimeout(timer)
          run(value)
        }
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
        worker.postMessage({ id, task, asked })
      })
    },
    async stop() {
      await worker.terminate()
    },
  }
}

function toError({ code, message }: { code: string; message: string }): Error {
  return code === 'internal' ? new Error(message) : new AppError(code as ErrorCode, message)
}

/** Next's bundle moves `import.meta.url` away from the source: then the file is below the folder the service was started in. */
function threadFile(): string {
  const inTree = join(process.cwd(), 'lib', 'calls', 'apart-thread.ts')
  try {
    const beside = join(fileURLToPath(import.meta.url), '..', 'apart-thread.ts')
    return existsSync(beside) ? beside : inTree
  } catch {
    return inTree
  }
}
