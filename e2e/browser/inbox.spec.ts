import { expect, isPhone, openAlive, test } from './fixtures.ts'

test('the inbox shows who called, why and what was done, by day', async ({ maria }) => {
  await maria.goto('/inbox')
  const calls = maria.getByTestId('calls')
  await expect(calls.getByText('Anna, Dr. Keller Dental')).toBeVisible()
  await expect(calls.getByText('Wants to move Thursday’s check-up. Please call back today before six.')).toBeVisible()
  await expect(calls.getByRole('heading', { name: /Today|Yesterday/ }).first()).toBeVisible()
})

test('the first paint has the calls without any script', async ({ browser, maria, service }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await maria.context().storageState(),
  })
  const page = await context.newPage()
  await page.goto(`${service.url}/inbox`)
  await expect(page.getByText('Anna, Dr. Keller Dental')).toBeVisible()
  await context.close()
})

test('a call opens with summary, words, reason and times, and comes back', async ({ maria }) => {
  await maria.goto('/inbox')
  await maria.getByTestId('calls').getByText('Anna, Dr. Keller Dental').click()
  await expect(maria).toHaveURL(/\/inbox\/seed-1$/)
  await expect(maria.getByText('Yes please, today, we close at six.').first()).toBeVisible()
  await expect(maria.getByRole('heading', { name: 'Why this decision' })).toBeVisible()
  await expect(maria.getByText('Answer to first word')).toBeVisible()
  await maria.goBack()
  await expect(maria).toHaveURL(/\/inbox$/)
  if (isPhone(maria)) await expect(maria.getByText('Yes please, today, we close at six.').first()).toBeHidden()
})

test('a call can be read from its own address', async ({ maria }) => {
  await maria.goto('/calls/seed-2')
  await expect(maria).toHaveURL(/\/inbox\/seed-2$/)
  await expect(maria.getByText('I am putting you through now.').first()).toBeVisible()
})

test('names and words full of markup stay text', async ({ maria }) => {
  await maria.goto('/inbox/seed-9')
  await expect(maria.getByRole('heading', { name: '<script>alert(1)</script>' })).toBeVisible()
  await expect(maria.getByText('<img src=x onerror=alert(1)> hello?').first()).toBeVisible()
  expect(await maria.locator('img[src="x"]').count()).toBe(0)
})

test('the search finds words that were said', async ({ maria }) => {
  await maria.goto('/inbox')
  await maria.getByRole('searchbox').fill('fever')
  const calls = maria.getByTestId('calls')
  await expect(calls.getByText('Sofia Meier')).toBeVisible()
  await expect(calls.getByText('Marco Bianchi')).toBeHidden()
  await maria.getByRole('searchbox').fill('zzzznothing')
  await expect(maria.getByText('Nothing found')).toBeVisible()
})

test('a filter shows its calls alone', async ({ maria }) => {
  await maria.goto('/inbox')
  await maria.getByRole('button', { name: 'Blocked' }).click()
  const calls = maria.getByTestId('calls')
  await expect(calls.getByText('Withheld number')).toBeVisible()
  await expect(calls.getByText('Anna, Dr. Keller Dental')).toBeHidden()
})

test('archiving can be taken back', async ({ maria }) => {
  await maria.goto('/inbox/seed-5')
  await maria.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(maria.getByText('Archived: Marco Bianchi')).toBeVisible()
  await maria.getByRole('button', { name: 'Undo' }).click()
  await maria.goto('/inbox')
  await expect(maria.getByTestId('calls').getByText('Marco Bianchi')).toBeVisible()
})

test('the list is moved through by keyboard', async ({ maria }) => {
  test.skip(isPhone(maria), 'a phone has no keyboard')
  await maria.goto('/inbox')
  await expect(maria.getByTestId('calls').getByText('Anna, Dr. Keller Dental')).toBeVisible()
  await maria.keyboard.press('j')
  await expect(maria).toHaveURL(/\/inbox\/.+/)
  const first = maria.url()
  await maria.keyboard.press('j')
  await expect(maria).not.toHaveURL(first)
  await maria.keyboard.press('k')
  await expect(maria).toHaveURL(first)
  await maria.keyboard.press('Escape')
  await expect(maria).toHaveURL(/\/inbox$/)
  await maria.keyboard.press('/')
  await expect(maria.getByRole('searchbox')).toBeFocused()
})

test('a note is kept, and a wrong decision is corrected', async ({ maria }) => {
  await maria.goto('/inbox/seed-7')
  await maria.getByLabel('Your note').fill('Reported to the bank')
  await maria.getByRole('button', { name: 'Save' }).click()
  await expect(maria.getByRole('button', { name: 'Save' })).toBeHidden()
  await maria.getByRole('button', { name: 'This was wrong' }).click()
  await maria.getByLabel('What should have happened?').selectOption({ label: 'Message' })
  await expect(maria.getByText('You said it should have been: Message.')).toBeVisible()
  await maria.getByRole('button', { name: 'Undo' }).first().click()
  await maria.reload()
  await expect(maria.getByLabel('Your note')).toHaveValue('Reported to the bank')
})

test('what-if runs the call again without touching it', async ({ maria }) => {
  await maria.goto('/inbox/seed-1')
  await maria.getByRole('button', { name: 'What if…' }).click()
  await expect(maria.getByRole('dialog')).toBeVisible()
  await maria.getByLabel('A rule on top').selectOption({ label: 'Calls from this number' })
  await maria.getByLabel('Then').selectOption({ label: 'Blocked' })
  await maria.getByRole('button', { name: 'See what would happen' }).click()
  await expect(maria.getByText('Something else would have happened.')).toBeVisible()
  await maria.keyboard.press('Escape')
  await maria.reload()
  await expect(maria.getByRole('article').getByText('Message', { exact: true }).first()).toBeVisible()
})

test('two people never see each other’s calls', async ({ maria, jonas }) => {
  await maria.goto('/inbox')
  await expect(maria.getByTestId('calls').getByText('Anna, Dr. Keller Dental')).toBeVisible()
  await jonas.goto('/inbox')
  await expect(jonas.getByText('No calls yet').or(jonas.getByTestId('calls')).first()).toBeVisible()
  await expect(jonas.getByText('Dr. Keller Dental')).toHaveCount(0)
  await jonas.goto('/inbox/seed-1')
  await expect(jonas.getByText('This call does not exist')).toBeVisible()
  await expect(jonas.getByText('Dr. Keller Dental')).toHaveCount(0)
  await jonas.goto('/people')
  await expect(jonas.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  await expect(jonas.getByRole('status', { name: 'Loading' })).toHaveCount(0)
  await expect(jonas.getByText('Grandma Elisabeth')).toHaveCount(0)
  await jonas.goto('/admin')
  await expect(jonas.getByText('This page does not exist')).toBeVisible()
})

test('the page says when the service is gone, and goes on when it is back', async ({ maria, service, complaints }) => {
  test.setTimeout(180_000)
  await openAlive(maria, '/inbox')
  await expect(maria.getByTestId('calls').getByText('Anna, Dr. Keller Dental')).toBeVisible()
  await service.restart(() =>
    expect(
      maria
        .getByText('No connection to the service. Trying again…')
        .or(maria.getByText('Service not reachable'))
        .first(),
    ).toBeVisible({ timeout: 40_000 }),
  )
  await expect(maria.getByText('No connection to the service. Trying again…')).toBeHidden({ timeout: 40_000 })
  complaints.length = 0
})
