import { expect, test } from 'vitest'
import { createCrossfeed } from './crossfeed.ts'

const frame = (value: number) => new Int16Array(320).fill(value)
const values = (feed: ReturnType<typeof createCrossfeed>, ticks: number) =>
  Array.from({ length: ticks }, () => feed.next()?.[0] ?? null)

test('a voice begins after a small cushion and then comes frame by frame', () => {
  const feed = createCrossfeed()
  feed.push(frame(1))
  feed.push(frame(2))
  expect(feed.next()).toBeNull()
  feed.push(frame(3))
  expect(values(feed, 4)).toEqual([1, 2, 3, null])
})

test('after a gap the cushion is built anew, so that one late frame does not become many', () => {
  const feed = createCrossfeed()
  for (let i = 1; i <= 3; i++) feed.push(frame(i))
  values(feed, 4)
  feed.push(frame(4))
  expect(feed.next()).toBeNull()
  feed.push(frame(5))
  feed.push(frame(6))
  expect(values(feed, 3)).toEqual([4, 5, 6])
})

test('a clock that is too fast does not add up to a delay', () => {
  const feed = createCrossfeed()
  for (let i = 1; i <= 1_000; i++) feed.push(frame(i))
  let left = 0
  while (feed.next()) left++
  expect(left).toBeLessThanOrEqual(12)
})
