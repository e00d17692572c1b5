import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '#db/open.ts'
import { isAppError } from '../errors.ts'
import { tasks } from './apart-tasks.ts'

const { url } = workerData as { url: string }
const database = openDatabase(url, { isHelper: true })

type Request = { id: number; task: keyof typeof tasks; asked: never }

parentPort?.on('message', async ({ id, task, asked }: Request) => {
  try {
    parentPort?.postMessage({ id, value: await tasks[task](await database, asked) })
  } catch (error) {
    // Errors lose their marks on the way between threads: code and sentence go apart.
    const failure = isAppError(error)
      ? { code: error.code, message: error.message }
      : { code: 'internal', message: String(error instanceof Error ? error.stack : error) }
    parentPort?.postMessage({ id, failure })
  }
})
