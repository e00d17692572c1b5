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

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page in ${scheme} colours`, async ({ maria, service }) => {
    test.setTimeout(180_000)
    await service.beginLiveCall()
    await maria.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    for (const path of pages) {
      await maria.goto(path)
      await expect(maria.getByRole('main')).toBeVisible()
      await expect(maria.getByRole('status', { name: 'Loading' })).toHaveCount(0)
      await test.step(path, () => expectAccessible(maria))
    }
  })

  test(`axe finds nothing before the door in ${scheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    for (const path of ['/login', '/register', '/setup', '/no-such-page']) {
      await page.goto(path)
      await expect(page.getByRole('main')).toBeVisible()
      await test.step(path, () => expectAccessible(page))
    }
  })
}

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

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing in windows that open in ${scheme} colours`, async ({ maria }) => {
    test.setTimeout(180_000)
    await maria.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
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
