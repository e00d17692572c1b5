import type { Clock } from '../ports.ts'

export type VirtualClock = Clock & {
  /** Lets `ms` pass: timers run in order, and promises settle between them. */
  advance(ms: number): Promise<void>
  /** Lets promises settle without any time passing. */
  settle(): Promise<void>
  readonly waiting: number
}

/** Time that only tests move. */
export function createVirtualClock(): VirtualClock {
  let at = 0
  let next = 1
  const timers = new Map<number, { due: number; run: () => void }>()

  async function settle(): Promise<void> {
    for (let i = 0; i < 12; i++) await Promise.resolve()
    await new Promise<void>(resolve => setImmediate(resolve))
  }

  return {
    now: () => at,
    after(delayMs, run) {
      const id = next++
      timers.set(id, { due: at + Math.max(0, delayMs), run })
      return () => timers.delete(id)
    },
    settle,
    async advance(ms) {
      const end = at + ms
      await settle()
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.due <= end)
          .sort((a, b) => a[1].due - b[1].due || a[0] - b[0])[0]
        if (!due) break
        timers.delete(due[0])
        at = Math.max(at, due[1].due)
        due[1].run()
        await settle()
      }
      at = end
    },
    get waiting() {
      return timers.size
    },
  }
}
