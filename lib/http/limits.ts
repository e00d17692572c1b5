import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { once } from '../once.ts'
import { limitKeyOf } from './address.ts'

type Limit = { points: number; perS: number; by: 'address' | 'user' }

/** How often one address or one person may do something. `anonymous` is used instead when nobody is signed in. */
const limits = {
  login: { points: 5, perS: 60, by: 'address' },
  register: { points: 3, perS: 3600, by: 'address' },
  refresh: { points: 30, perS: 60, by: 'address' },
  secrets: { points: 10, perS: 60, by: 'address' },
  calls: { points: 60, perS: 60, by: 'user' },
  /** Of their own: a conversation that has begun is not cut in the middle by calls that come meanwhile. */
  turns: { points: 300, perS: 60, by: 'user' },
  orders: { points: 120, perS: 60, by: 'user' },
  anonymous_calls: { points: 10, perS: 60, by: 'address' },
  wrong_keys: { points: 20, perS: 60, by: 'address' },
  password: { points: 10, perS: 300, by: 'user' },
  heavy: { points: 30, perS: 60, by: 'user' },
  push: { points: 10, perS: 60, by: 'user' },
} satisfies Record<string, Limit>

export type LimitName = keyof typeof limits

const instead: Partial<Record<LimitName, LimitName>> = { calls: 'anonymous_calls' }
const concurrent = { streams: 20, sockets: 8 }

type Meters = { rates: Map<string, RateLimiterMemory>; open: Map<string, number> }
const meters = once('http.limits', (): Meters => ({ rates: new Map(), open: new Map() }))

/** Whether the owner switched limits off; bin/ says so loudly at the start. */
export function areLimitsOn(): boolean {
  return env().RATE_LIMITS === 'on'
}

/** Counts one use and throws `rate_limited` with the seconds to wait when there were too many. */
export async function consume(name: LimitName, who: { address: string; userId?: number }): Promise<void> {
  if (!areLimitsOn()) return
  const limit: Limit = limits[name]
  const other = instead[name]
  if (limit.by === 'user' && who.userId === undefined && other) return consume(other, who)
  const key = limit.by === 'user' && who.userId !== undefined ? `u${who.userId}` : limitKeyOf(who.address)
  try {
    await meterOf(name, limit).consume(key)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw new AppError('rate_limited', `Too many requests. Please try again in ${seconds} seconds.`, seconds)
  }
}

/** Limits that are counted by who is asking wait until that is known. */
export function isCountedByUser(name: LimitName): boolean {
  return limits[name].by === 'user'
}

/** Takes one of the places that a person has for long connections; the returned function gives it back, once. */
export function takePlace(kind: keyof typeof concurrent, userId: number): () => void {
  const key = `${kind} ${userId}`
  const open = meters.open.get(key) ?? 0
  if (areLimitsOn() && open >= concurrent[kind]) {
    throw new AppError('rate_limited', 'Too many connections are open. Close some and try again.', 5)
  }
  meters.open.set(key, open + 1)
  let isTaken = true
  return () => {
    if (!isTaken) return
    isTaken = false
    const left = (meters.open.get(key) ?? 1) - 1
    if (left > 0) meters.open.set(key, left)
    else meters.open.delete(key)
  }
}

/** Forgets every count: tests begin with it. */
export function forgetCounts(): void {
  meters.rates.clear()
  meters.open.clear()
}

function meterOf(name: LimitName, { points, perS }: Limit): RateLimiterMemory {
  let meter = meters.rates.get(name)
  if (!meter) {
    meter = new RateLimiterMemory({ points, duration: perS })
    meters.rates.set(name, meter)
  }
  return meter
}
