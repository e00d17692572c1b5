import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const kB = 1_000
/** Scripts that a page fetches as long as nobody touches it, compressed as nginx sends them. */
const budget = 170 * kB
/** So long after its last request a page is left alone: what it wanted to read ahead by itself has come by then. */
const quietMs = 1_500

/** What this browser really fetches, compressed: scripts for browsers without modules are not among it. */
async function weigh(page: Page, path: string, isComplete: () => Promise<unknown>): Promise<number> {
  const sizes = new Map<string, Promise<number>>()
  page.on('response', response => {
    if (response.request().resourceType() === 'script')
      sizes.set(
        response.url(),
        response.body().then(body => gzipSync(body).length),
      )
  })
  await Promise.all([page.goto(path), isComplete()])
  for (let count = -1; count !== sizes.size; await page.waitForTimeout(quietMs)) count = sizes.size
  return (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
}

test('the login brings little script', async ({ page }) => {
  const bytes = await weigh(page, '/login', () => page.waitForEvent('load'))
  expect(bytes).toBeLessThanOrEqual(budget)
})

test('the inbox brings little script', async ({ maria }) => {
  const bytes = await weigh(maria, '/inbox', () => maria.waitForRequest(/\/api\/v1\/events/))
  expect(bytes).toBeLessThanOrEqual(budget)
})
