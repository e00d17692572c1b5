import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '../env.ts'
import { once } from '../once.ts'

const freeTries = 3
const firstDelayMs = 250
const longestDelayMs = 4000
const forgottenAfterMs = 15 * 60_000
const keptAccounts = 10_000

type Failures = { count: number; atMs: number }
const failures = once('accounts.failures', () => new Map<string, Failures>())

/** How long the next try on an account waits: nothing at first, then twice as long each time, at most four seconds. */
export function delayAfter(count: number): number {
  return count < freeTries ? 0 : Math.min(firstDelayMs * 2 ** (count - freeTries), longestDelayMs)
}

/**
 * Makes guessing slow without ever locking anybody out: strangers' failures only delay, and `isKnown` (somebody is signed in
 * from this address) does not even wait. Names that nobody has are slowed down alike.
 */
export async function slowDown(account: string, isKnown: () => Promise<boolean>, atMs = Date.now()): Promise<void> {
  const found = failures.get(account)
  if (!found || atMs - found.atMs > forgottenAfterMs || env().RATE_LIMITS === 'off') return
  const delayMs = delayAfter(found.count)
  if (delayMs > 0 && !(await isKnown())) await sleep(delayMs)
}

export function noteFailure(account: string, atMs = Date.now()): void {
  const found = failures.get(account)
  const count = found && atMs - found.atMs <= forgottenAfterMs ? found.count + 1 : 1
  failures.delete(account)
  failures.set(account, { count, atMs })
  if (failures.size > keptAccounts) failures.delete(failures.keys().next().value!)
}

export function noteSuccess(account: string): void {
  failures.delete(account)
}
