import type { IncomingCall } from '#lib/telephony/index.ts'
import type { Clock } from '#lib/voice/ports.ts'

export const realClock: Clock = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Tries again until `check` does not throw; the last failure is what the test reports. */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > deadlineMs) throw error
      await new Promise(resolve => setTimeout(resolve, 25))
    }
  }
}

/** Calls in the order in which they came, for a test that takes them one by one. */
export function callQueue() {
  const waiting: ((call: IncomingCall) => void)[] = []
  const arrived: IncomingCall[] = []
  return {
    /** Forgets who waited in a test that failed. */
    reset() {
      waiting.length = 0
      arrived.length = 0
    },
    push(call: IncomingCall) {
      const take = waiting.shift()
      if (take) take(call)
      else arrived.push(call)
    },
    next(): Promise<IncomingCall> {
      const first = arrived.shift()
      return first ? Promise.resolve(first) : new Promise(resolve => waiting.push(resolve))
    },
  }
}
