import { expect, test } from './fixtures.ts'
import { weighScripts } from './speed.ts'

/** Scripts that a page fetches as long as nobody touches it, compressed as nginx sends them. */
const budget = 170_000

test('the login brings little script', async ({ page }) => {
  expect(await weighScripts(page, '/login')).toBeLessThanOrEqual(budget)
})

test('the inbox brings little script', async ({ maria }) => {
  expect(await weighScripts(maria, '/inbox')).toBeLessThanOrEqual(budget)
})
