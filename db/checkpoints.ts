import { Worker } from 'node:worker_threads'
import { besideDb } from './place.ts'

/**
 * Folds the write-ahead log into the database from a thread of its own: that work reads, writes and syncs for tens of
 * milliseconds, which the loop must not. Without the thread the writer does it late (see `lateCheckpointPages`).
 */
export function startCheckpoints(path: string): () => Promise<void> {
  // Not written with `new`: Next's bundler would take every file of the project for what may run in the thread.
  const worker = Reflect.construct(Worker, [
    besideDb('checkpoint-thread.mjs'),
    { workerData: { path }, execArgv: [], stdout: false },
  ]) as Worker
  worker.unref()
  worker.on('error', () => {})
  return async () => {
    await worker.terminate()
  }
}
