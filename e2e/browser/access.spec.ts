import type { Page } from '@playwright/test'
import { expect, expectAccessible, isPhone, test } from './fixtures.ts'

const pages = [
  '/inbox',
  '/inbox/seed-1',
  '/inbox/nothing-here',
  '/live',
  '/try',
  '/people',
  '/rules',
  '/voice',
  '/overview',
  '/settings',
  '/admin',
  '/welcome',
]

/** What looks different at each size, apart from being wider: list and call side by side, the rail or the bar. */
const ofBothKinds = new Set(['/inbox', '/inbox/seed-1'])

/**
 * Every page is looked at in both colours and at both sizes, but not in all four ways, since colours do not know the
 * size. Only what a size has of its own is seen in both colours there.
 */
const schemesFor = (page: Page, path: string) =>
  ofBothKinds.has(path) ? (['light', 'dark'] as const) : ([isPhone(page) ? 'light' : 'dark'] as const)

async function lookAt(page: Page, path: string) {
  await page.goto(path)
  await expect(page.getByRole('main')).toBeVisible()
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
  for (const colorScheme of schemesFor(page, path)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await test.step(`${path}, ${colorScheme}`, () => expectAccessible(page))
  }
}

test('axe finds nothing on any page', async ({ maria, service }) => {
  test.setTimeout(180_000)
  await service.beginLiveCall()
  for (const path of pages) await lookAt(maria, path)
})

test('axe finds nothing before the door', async ({ page }) => {
  for (const path of ['/login', '/register', '/setup', '/no-such-page']) await lookAt(page, path)
})

/** Where a window opens, and the button that opens it. */
const windows = [
  ['/people', 'Add person'],
  ['/rules', 'Add rule'],
  ['/inbox/seed-1', 'What if…'],
  ['/inbox/seed-1', 'Delete call'],
  ['/inbox/seed-1', 'Block this number'],
  ['/settings', 'New key'],
  ['/admin', 'Add user'],
] as const

test('axe finds nothing in windows that open', async ({ maria }) => {
  test.setTimeout(180_000)
  // A sheet from below on the phone, a window in the middle on the desktop: one in the dark, one in the light.
  await maria.emulateMedia({ colorScheme: isPhone(maria) ? 'dark' : 'light', reducedMotion: 'reduce' })
  for (const [path, name] of windows) {
    await maria.goto(path)
    await maria.getByRole('button', { name, exact: true }).click()
    await expect(maria.getByRole('dialog').or(maria.getByRole('alertdialog'))).toBeVisible()
    await test.step(`${path}: ${name}`, () => expectAccessible(maria))
  }
})

test('no page is wider than the screen', async ({ maria }) => {
  test.setTimeout(120_000)
  for (const path of pages) {
    await maria.goto(path)
    await expect(maria.getByRole('main')).toBeVisible()
    const wider = await maria.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider, path).toBeLessThanOrEqual(0)
  }
})

test('no page is wider than the screen in German, where the words are longer', async ({ jonas, service }) => {
  test.skip(!isPhone(jonas), 'a wide screen has room')
  test.setTimeout(120_000)
  const speak = (language: 'de' | 'en') =>
    jonas.request.patch(`${service.url}/api/v1/account`, { data: { language }, headers: { origin: service.url } })
  expect((await speak('de')).ok()).toBe(true)
  for (const path of pages.filter(each => each !== '/admin')) {
    await jonas.goto(path)
    await expect(jonas.getByRole('main')).toBeVisible()
    await expect(jonas.locator('html')).toHaveAttribute('lang', 'de')
    const wider = await jonas.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider, path).toBeLessThanOrEqual(0)
  }
  await speak('en')
})
