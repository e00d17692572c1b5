import { expect, test } from 'vitest'
import { patternOf, routeTable } from './routes.ts'

const table = routeTable(
  ['/call/[id]/status', '/call/incoming', '/api/v1/calls/[id]', '/api/v1/calls/export', '/files/[...path]'].map(
    pattern => ({ pattern, route: {} }),
  ),
)

test('a folder is a part of the path, a group is not', () => {
  expect(patternOf('app/call/[id]/status/route.ts')).toBe('/call/[id]/status')
  expect(patternOf('app/(machine)/health/route.ts')).toBe('/health')
})

test('a word wins over a parameter', () => {
  expect(table.match('/api/v1/calls/export')?.pattern).toBe('/api/v1/calls/export')
  expect(table.match('/api/v1/calls/12')?.params).toEqual({ id: '12' })
})

test('a parameter is decoded, and may hold a slash', () => {
  expect(table.match('/call/a%2Fb%20c/status')?.params).toEqual({ id: 'a/b c' })
})

test('a parameter is never empty, and broken encoding matches nothing', () => {
  expect(table.match('/call//status')).toBeNull()
  expect(table.match('/call/%E0%A4/status')).toBeNull()
})

test('a catch-all takes the rest', () => {
  expect(table.match('/files/a/b.txt')?.params).toEqual({ path: 'a/b.txt' })
  expect(table.match('/files')).toBeNull()
})

test('a longer or shorter path is another path', () => {
  expect(table.match('/call/incoming/x')).toBeNull()
  expect(table.match('/call')).toBeNull()
})
