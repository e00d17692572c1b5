/** Lower goes first. */
export const priorities = { phone: 0, app: 1, try: 1, api: 2, what_if: 3 } as const
export type Priority = (typeof priorities)[keyof typeof priorities]

type Waiting = { priority: Priority; order: number; start: () => void; refuse: () => void }

/**
 * A few places at a model that does one thing at a time. `mostAtOnce` counts who runs and who waits; a more important
 * request takes the place of the least important one that still waits, and everybody else is refused at once.
 */
export function createQueue({ mostAtOnce, mostRunning }: { mostAtOnce: number; mostRunning: number }) {
  let running = 0
  let order = 0
  let waiting: Waiting[] = []

  function next() {
    if (running >= mostRunning) return
    const first = waiting.sort((a, b) => a.priority - b.priority || a.order - b.order).shift()
    if (!first) return
    running += 1
    first.start()
  }

  /** Resolves with a function that gives the place back, or with null when there is none (or `signal` ends the wait). */
  function enter(priority: Priority, signal: AbortSignal): Promise<(() => void) | null> {
    return new Promise(resolve => {
      if (signal.aborted) return resolve(null)
      if (running + waiting.length >= mostAtOnce) {
        const last = waiting.toSorted((a, b) => b.priority - a.priority || b.order - a.order)[0]
        if (!last || last.priority <= priority) return resolve(null)
        last.refuse()
      }
      const leave = () => {
        waiting = waiting.filter(other => other !== me)
        resolve(null)
      }
      const me: Waiting = {
        priority,
        order: order++,
        refuse: () => {
          signal.removeEventListener('abort', leave)
          leave()
        },
        start: () => {
          signal.removeEventListener('abort', leave)
          let isDone = false
          resolve(() => {
            if (isDone) return
            isDone = true
            running -= 1
            next()
          })
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(me)
      next()
    })
  }

  return { enter, load: () => ({ running, waiting: waiting.length }) }
}
