import { afterEach, describe, expect, it, vi } from 'vitest'
import { delayAfter, noteFailure, noteSuccess, slowDown } from './throttle.ts'

afterEach(() => vi.useRealTimers())

const isDelayed = async (account: string, isKnown: boolean, atMs: number) => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  let isDone = false
  const waiting = slowDown(account, async () => isKnown, atMs).then(() => {
    isDone = true
  })
  await Promise.resolve()
  await Promise.resolve()
  await Promise.resolve()
  const wasDelayed = !isDone
  await vi.runAllTimersAsync()
  vi.useRealTimers()
  await waiting
  return wasDelayed
}

describe('guessing at an account', () => {
  it('costs nothing at first, then doubles, and never more than four seconds', () => {
    expect([0, 2, 3, 4, 5, 6, 7, 8, 1000].map(delayAfter)).toEqual([0, 0, 250, 500, 1000, 2000, 4000, 4000, 4000])
  })

  it('does not slow its owner down, who is signed in from there, and is forgiven by a success', async () => {
    for (let i = 0; i < 10; i++) noteFailure('a', 1000)
    expect(await isDelayed('a', true, 1001)).toBe(false)
    expect(await isDelayed('b', false, 1001)).toBe(false)
    expect(await isDelayed('a', false, 1001)).toBe(true)
    noteSuccess('a')
    expect(await isDelayed('a', false, 1001)).toBe(false)
  })

  it('is forgotten after a quarter of an hour', async () => {
    for (let i = 0; i < 10; i++) noteFailure('c', 1000)
    expect(await isDelayed('c', false, 1000 + 16 * 60_000)).toBe(false)
  })
})
