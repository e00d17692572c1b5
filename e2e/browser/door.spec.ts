import { expect, isPhone, owner, test } from './fixtures.ts'

const password = 'lantern-meadow-copper-91'

test('the set-up link makes the administrator and leads through the first steps', async ({
  page,
  emptyService,
}, info) => {
  test.skip(info.project.name !== 'desktop', 'there is one first administrator')
  const findLink = () => /https?:\/\/\S+\/setup\?ticket=\S+/.exec(emptyService.printed())?.[0] ?? ''
  // It is printed a moment after the service answers.
  await expect.poll(findLink).not.toBe('')
  const link = findLink()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible()
  await page.getByLabel('Username').fill('x')
  await page.getByLabel('E-mail').fill('nonsense')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Become administrator' }).click()
  await expect(page.getByText('Must be an e-mail address')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue('nonsense')
  await page.getByLabel('Username').fill('first')
  await page.getByLabel('E-mail').fill('first@example.org')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Become administrator' }).click()
  await expect(page.getByRole('heading', { name: 'Your line is ready' })).toBeVisible()
  await page.goto(link)
  await expect(page.getByText('This set-up link does not work')).toBeVisible()
})

test('somebody registers, signs out and signs in again', async ({ page, service }, info) => {
  const name = `nora-${info.project.name}`
  await page.goto('/register')
  await page.getByLabel('Username').fill(name)
  await page.getByLabel('E-mail').fill(`${name}@example.org`)
  await page.getByLabel('Password', { exact: true }).fill('password')
  await expect(page.getByText('Password must be at least 12 characters long')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Username')).toHaveValue(name)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await expect(page.getByText('This is a good password.')).toBeVisible()
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Try a call' })).toBeVisible()

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await expect(page).toHaveURL(/\/login/)
  await page.goto('/inbox')
  await expect(page).toHaveURL(/\/login\?next=%2Finbox/)

  await page.getByLabel('Username or e-mail').fill(name)
  await page.getByLabel('Password', { exact: true }).fill('not my password at all')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible()
  await expect(page.getByLabel('Username or e-mail')).toHaveValue(name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(`${service.url}/inbox`)
  await expect(page.getByText('No calls yet')).toBeVisible()
})

test('a taken name is refused beside what was typed', async ({ page }) => {
  await page.goto('/register')
  await page.getByLabel('Username').fill(owner.username)
  await page.getByLabel('E-mail').fill('somebody@example.org')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue('somebody@example.org')
})

test('the sign-in never leads to somebody else’s address', async ({ page, service }) => {
  await page.goto(`/login?next=${encodeURIComponent('//evil.example/')}`)
  await page.getByLabel('Username or e-mail').fill(owner.username)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(`${service.url}/inbox`)
})

test('a session that was ended elsewhere leaves the open page', async ({ maria, service }) => {
  await maria.goto('/inbox')
  await expect(maria.getByRole('heading', { name: 'Inbox' })).toBeVisible()
  const ended = await maria.request.delete(`${service.url}/api/v1/sessions`, { headers: { origin: service.url } })
  expect(ended.ok()).toBe(true)
  await expect(maria).toHaveURL(/\/login/, { timeout: 15_000 })
})

test('a page without an account behind it is not reachable', async ({ page }) => {
  for (const path of [
    '/inbox',
    '/live',
    '/people',
    '/rules',
    '/try',
    '/voice',
    '/overview',
    '/settings',
    '/admin',
    '/welcome',
  ]) {
    await page.goto(path)
    await expect(page).toHaveURL(/\/login\?next=/)
  }
})

test('the pages speak German to who asks for it', async ({ browser, service }) => {
  const context = await browser.newContext({ locale: 'de-DE', baseURL: service.url })
  const page = await context.newPage()
  await page.goto('/login')
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await context.close()
})

test('the main places are one press away', async ({ maria }) => {
  await maria.goto('/inbox')
  const bar = maria.getByRole('navigation', { name: 'Main navigation' }).locator('visible=true')
  await bar.getByRole('link', { name: /^People/ }).click()
  await expect(maria.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  await bar.getByRole('link', { name: /^Live/ }).click()
  await expect(maria.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible()
  if (isPhone(maria)) {
    await bar.getByRole('link', { name: /^Settings/ }).click()
    await maria.getByRole('navigation', { name: 'More pages' }).getByRole('link', { name: 'Rules' }).click()
  } else await bar.getByRole('link', { name: /^Rules/ }).click()
  await expect(maria.getByRole('heading', { name: 'Rules', level: 1 })).toBeVisible()
})

test('a password that is sent before the script has come stands in no address', async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  for (const path of ['/login', '/register']) {
    await page.goto(path)
    await page.getByLabel('Password', { exact: true }).fill('typed-early')
    await page.getByLabel('Password', { exact: true }).press('Enter')
    await page.waitForLoadState()
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  }
  expect(asked.filter(url => url.includes('typed-early'))).toEqual([])
  await context.close()
})

test('what is typed before the script has come is not lost', async ({ page }) => {
  await page.route('**/_next/static/**/*.js', async route => {
    await new Promise(resolve => setTimeout(resolve, 1_000))
    await route.continue()
  })
  await page.goto('/login', { waitUntil: 'commit' })
  await page.getByLabel('Username').fill(owner.username)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.waitForLoadState()
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/inbox/)
})
