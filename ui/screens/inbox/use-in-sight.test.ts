import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowAt, topsOf } from './use-in-sight.ts'

test('a row begins where the one above it ends', () => {
  expect(topsOf([40, 65, 65])).toEqual([0, 40, 105, 170])
})

test('an empty list has no height and no row but the first', () => {
  expect(topsOf([])).toEqual([0])
  expect(rowAt([0], 500)).toBe(0)
})

test('the row at any place is the one that covers it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: -500, max: 20_000 }),
      (heights, y) => {
        const tops = topsOf(heights)
        const row = rowAt(tops, y)
        const slow = tops.slice(0, -1).findLastIndex(top => top <= y)
        expect(row).toBe(Math.max(0, slow))
      },
    ),
  )
})
