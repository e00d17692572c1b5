import { expect, test } from 'vitest'
import { isKept, quantile } from './report.ts'

const hundred = Array.from({ length: 100 }, (_, at) => at + 1)

test('a quantile is a value that was measured, and the share of values that do not exceed it is reached', () => {
  expect([0.5, 0.95, 0.99, 1].map(share => quantile(hundred, share))).toEqual([50, 95, 99, 100])
  expect(quantile([7], 0.5)).toBe(7)
  expect(quantile([1, 2, 3, 4], 0.95)).toBe(4)
})

test('a goal is missed by what is too late, by what is too early, and by nothing measured at all', () => {
  expect(isKept(hundred, { of: 'p95', most: 95 })).toBe(true)
  expect(isKept(hundred, { of: 'p99', most: 98 })).toBe(false)
  expect(isKept([200, 210], { of: 'p95', least: 300, most: 700 })).toBe(false)
  expect(isKept([], { of: 'p95', most: 400 })).toBe(false)
})
