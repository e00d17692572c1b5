import { expect, expectAccessible, test } from './fixtures.ts'

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

test('axe finds nothing in windows that open', async ({ maria }) => {
  await maria.emulateMedia({ reducedMotion: 'reduce' })
  await maria.goto('/people')
  await maria.getByRole('button', { name: 'Add person' }).click()
  await expect(maria.getByRole('dialog')).toBeVisible()
  await expectAccessible(maria)
  await maria.goto('/rules')
  await maria.getByRole('button', { name: 'Add rule' }).click()
  await expect(maria.getByRole('dialog')).toBeVisible()
  await expectAccessible(maria)
  await maria.goto('/inbox/seed-1')
  await maria.getByRole('button', { name: 'Delete call' }).click()
  await expect(maria.getByRole('alertdialog')).toBeVisible()
  await expectAccessible(maria)
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
