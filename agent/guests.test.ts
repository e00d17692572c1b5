import { expect, test } from 'vitest'
import type { Guest } from '#lib/voice/index.ts'
import { createVirtualClock } from '#lib/voice/testing/virtual-clock.ts'
import { createGuests } from './guests.ts'

function guest(): Guest & { told: string[]; go(): void } {
  const listeners: (() => void)[] = []
  const told: string[] = []
  return {
    leg: 1,
    told,
    onGone: listener => void listeners.push(() => listener('lost')),
    async hangUp(reason) {
      told.push(reason)
    },
    go() {
      for (const listener of listeners) listener()
    },
  }
}
const soon = { timeoutMs: 1_000, signal: new AbortController().signal }

test('a microphone that came before the order is there at once, and only for its call', async () => {
  const clock = createVirtualClock()
  const guests = createGuests(clock)
  const maria = guest()
  expect(guests.arrive(1, maria)).toBe(true)
  const other = guests.expect(2, soon)
  expect(await guests.expect(1, soon)).toBe(maria)
  await clock.advance(60_000)
  expect(await other).toBeNull()
  expect(maria.told).toEqual([])
})

test('an order that came before the microphone waits for it', async () => {
  const clock = createVirtualClock()
  const guests = createGuests(clock)
  const meeting = guests.expect(1, soon)
  await clock.advance(900)
  const maria = guest()
  expect(guests.arrive(1, maria)).toBe(true)
  expect(await meeting).toBe(maria)
})

test('one microphone a call: the second is refused, the first may leave and come again', async () => {
  const clock = createVirtualClock()
  const guests = createGuests(clock)
  const [first, second] = [guest(), guest()]
  expect(guests.arrive(1, first)).toBe(true)
  expect(guests.arrive(1, second)).toBe(false)
  first.go()
  expect(guests.arrive(1, second)).toBe(true)
  expect(await guests.expect(1, soon)).toBe(second)
})

test('a microphone that nobody puts through is told so and closed', async () => {
  const clock = createVirtualClock()
  const guests = createGuests(clock)
  const maria = guest()
  guests.arrive(1, maria)
  await clock.advance(20_000)
  expect(maria.told).toEqual(['The call was not put through.'])
  const meeting = guests.expect(1, soon)
  await clock.advance(1_000)
  expect(await meeting).toBeNull()
})

test('an order that is taken back waits no longer', async () => {
  const guests = createGuests(createVirtualClock())
  const stop = new AbortController()
  const meeting = guests.expect(1, { timeoutMs: 1_000, signal: stop.signal })
  stop.abort()
  expect(await meeting).toBeNull()
  expect(await guests.expect(1, { timeoutMs: 1_000, signal: stop.signal })).toBeNull()
})
