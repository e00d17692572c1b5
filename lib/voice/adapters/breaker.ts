import type { Clock } from '../ports.ts'

/** Whether a remote engine is worth asking. */
export type Breaker = {
  /** Throws at once, with the last failure's sentence, while the engine rests. */
  check(): void
  succeeded(): void
  failed(error: unknown): void
  lastError(): string | undefined
}

/**
 * After two failures in a row an engine rests for 5 s, then 10, 20, up to a minute: a dead server costs one caller a wait, and
 * the others nothing. One request is let through after each rest.
 */
export function createBreaker(clock: Clock): Breaker {
  let failures = 0
  let restUntil = 0
  let last: string | undefined
  return {
    check() {
      if (failures < 2 || clock.now() >= restUntil) {
        // the rest goes on for everybody else until this one is answered
        if (failures >= 2) restUntil = clock.now() + 5000
        return
      }
      throw new Error(last)
    },
    succeeded() {
      failures = 0
      last = undefined
    },
    failed(error) {
      failures += 1
      last = error instanceof Error ? error.message : String(error)
      restUntil = clock.now() + Math.min(5000 * 2 ** Math.max(0, failures - 2), 60_000)
    },
    lastError: () => last,
  }
}
