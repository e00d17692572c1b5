import type { Clock } from '../ports.ts'

/** The machine's clock. A waiting timer never keeps the process alive by itself. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
