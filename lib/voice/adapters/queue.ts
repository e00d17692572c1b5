import type { Clock } from '../ports.ts'

export type QueueOptions = {
  name: string
  /** How many run at a time. */
  concurrency: number
  /** How many may wait; the next one is refused at once instead of being heard too late. */
  limit: number
  clock: Clock
}

export type Queue = {
  /**
   * Runs `task` when its turn comes: urgent ones first. Its signal ends with the caller's or after `deadlineMs`, waiting
   * included. `isSpare` runs only where nothing else does and a place stays free beside it; else it is refused at once.
   */
  run<T>(
    task: (signal: AbortSignal) => Promise<T>,
    options: { signal: AbortSignal; urgent?: boolean; isSpare?: boolean; deadlineMs: number },
  ): Promise<T>
  size(): { running: number; waiting: number }
  /** Refuses what waits and what comes. */
  close(): void
}

type Waiting = { urgent: boolean; begin(): void; refuse(error: Error): void }

/**
 * A short, bounded line before an engine. A caller waits for the answer, so a late one is worth nothing: everything has a
 * deadline, what was aborted gives its place to the next at once, and what has begun keeps its place until it really ended.
 */
export function createQueue({ name, concurrency, limit, clock }: QueueOptions): Queue {
  const waiting: Waiting[] = []
  let running = 0
  let isClosed = false

  const next = () => {
    while (running < concurrency && waiting.length > 0) {
      const urgent = waiting.findIndex(one => one.urgent)
      const [one] = waiting.splice(Math.max(0, urgent), 1)
      one!.begin()
    }
  }

  return {
    size: () => ({ running, waiting: waiting.length }),
    close() {
      isClosed = true
      for (const one of waiting.splice(0)) one.refuse(new Error(`${name} was closed.`))
    },
    run(task, { signal, urgent = false, isSpare = false, deadlineMs }) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        if (isClosed) return reject(new Error(`${name} was closed.`))
        if (isSpare && (concurrency < 2 || running > 0)) return reject(new Error(`${name} has something else to do.`))
        if (running >= concurrency && waiting.length >= limit) {
          return reject(new Error(`${name} has too much to do.`))
        }
        const stop = new AbortController()
        const settle = () => {
          cancelDeadline()
          signal.removeEventListener('abort', onAbort)
          const at = waiting.indexOf(mine)
          if (at >= 0) waiting.splice(at, 1)
        }
        const fail = (error: unknown) => {
          settle()
          reject(error)
          stop.abort(error)
        }
        const onAbort = () => fail(signal.reason)
        const cancelDeadline = clock.after(deadlineMs, () => fail(new Error(`${name} took too long.`)))
        const mine: Waiting = {
          urgent,
          refuse: fail,
          begin() {
            running += 1
            task(stop.signal)
              .then(resolve, reject)
              .finally(() => {
                running -= 1
                settle()
                next()
              })
          },
        }
        signal.addEventListener('abort', onAbort)
        waiting.push(mine)
        next()
      })
    },
  }
}
