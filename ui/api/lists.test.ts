import { expect, test } from 'vitest'
import type { CallDto, CallListDto } from '#lib/calls/contract.ts'
import { joinHead, keptPage, type Pages, touch } from './lists.ts'

const call = (id: number) => ({ id, callId: `c${id}`, timestamp: new Date(id * 60_000).toISOString() }) as CallDto
/** From the newest down, as the service lists them. */
const page = (newest: number, oldest: number): CallListDto => ({
  calls: Array.from({ length: newest - oldest + 1 }, (_, index) => call(newest - index)),
  nextCursor: oldest > 1 ? `before ${oldest}` : null,
  unread: 0,
})
const long: Pages = {
  pages: [page(200, 151), page(150, 101), page(100, 51), page(50, 1)],
  pageParams: [undefined, 'before 151', 'before 101', 'before 51'],
}
const short: Pages = { pages: long.pages.slice(0, 3), pageParams: long.pageParams.slice(0, 3) }
const ids = (list: CallListDto) => list.calls.map(each => each.id)

test('of a long list only the head is read again', () => {
  expect(keptPage(long, undefined)).toBeUndefined()
  expect(keptPage(long, 'before 151')).toBe(long.pages[1])
  expect(keptPage(long, 'before 51')).toBe(long.pages[3])
})

test('a short list is read again as a whole', () => {
  expect(keptPage(short, 'before 151')).toBeUndefined()
  expect(joinHead(short, page(203, 154))).toEqual(page(203, 154))
})

test('what follows the known end is read, not taken from somewhere', () => {
  expect(keptPage(long, 'before 1')).toBeUndefined()
})

test('new calls come before the first page, whose end stays where the second begins', () => {
  const joined = joinHead(long, page(203, 154))
  expect(ids(joined)).toEqual(ids(page(203, 151)))
  expect(joined.nextCursor).toBe('before 151')
})

test('a call that is gone from the head goes', () => {
  const fresh = { ...page(200, 150), calls: page(200, 150).calls.filter(each => each.id !== 180) }
  expect(ids(joinHead(long, fresh))).toEqual(ids(fresh))
})

test('when more is new than one page holds, everything is read again', () => {
  const fresh = page(260, 211)
  expect(joinHead(long, fresh)).toBe(fresh)
  expect(keptPage(long, fresh.nextCursor ?? undefined)).toBeUndefined()
})

test('a page whose call was touched is read again with the head', () => {
  const touched = touch(long, 'c77')
  expect(keptPage(touched, 'before 101')).toBeUndefined()
  expect(keptPage(touched, 'before 151')).toBe(long.pages[1])
  expect(touch(long, 'c999')).toBe(long)
  expect(touch(undefined, 'c1')).toBeUndefined()
})
