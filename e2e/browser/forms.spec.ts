import { expect, isPhone, openAlive, other, signIn, test } from './fixtures.ts'

test('what is typed into a note, a person and a rule survives a reload', async ({ maria }) => {
  await maria.goto('/inbox/seed-3')
  await maria.getByLabel('Your note').fill('Ask for the parcel at number 12')
  await maria.reload()
  await expect(maria.getByLabel('Your note')).toHaveValue('Ask for the parcel at number 12')

  await maria.goto('/people')
  await maria.getByRole('button', { name: 'Add person' }).click()
  await maria.getByLabel('Name').fill('Half a name')
  await maria.reload()
  await maria.getByRole('button', { name: 'Add person' }).click()
  await expect(maria.getByLabel('Name')).toHaveValue('Half a name')
  await maria.getByRole('button', { name: 'Cancel' }).click()
  await maria.getByRole('button', { name: 'Add person' }).click()
  await expect(maria.getByLabel('Name')).toHaveValue('')

  await maria.goto('/rules')
  await maria.getByRole('button', { name: 'Add rule' }).click()
  await maria.getByLabel('Calls from', { exact: true }).selectOption({ label: 'numbers that begin with' })
  await maria.getByLabel('Beginning').fill('+44 20')
  await maria.reload()
  await maria.getByRole('button', { name: 'Add rule' }).click()
  await expect(maria.getByLabel('Beginning')).toHaveValue('+44 20')
})

test('a greeting that is refused stays, with the reason beside it, and survives a reload', async ({ maria }) => {
  await maria.goto('/voice')
  await maria.getByLabel('Greeting').fill('')
  await maria.getByLabel('Disclosure').fill('You are speaking with a machine.')
  await maria.getByRole('button', { name: 'Save' }).click()
  await expect(maria.getByLabel('Greeting')).toHaveAttribute('aria-invalid', 'true')
  await maria.reload()
  await expect(maria.getByLabel('Disclosure')).toHaveValue('You are speaking with a machine.')
  await expect(maria.getByLabel('Greeting')).toHaveValue('')
})

test('whoever signs in next finds nothing that the last person typed', async ({ page, service }) => {
  await signIn(page, service.url, other)
  await page.goto('/people')
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByLabel('Name').fill('A secret friend')
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
  await expect(page).toHaveURL(/\/login/)
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('A secret friend')
})

test('the focus comes back to the button that opened a window', async ({ maria }) => {
  await maria.goto('/people')
  const opener = maria.getByRole('button', { name: 'Add person' })
  await opener.click()
  await expect(maria.getByLabel('Name')).toBeFocused()
  await maria.keyboard.press('Escape')
  await expect(maria.getByRole('dialog')).toBeHidden()
  await expect(opener).toBeFocused()
})

test('a swipe to the left archives a call, and it can be taken back', async ({ maria }) => {
  test.skip(!isPhone(maria), 'swiping is for fingers')
  await openAlive(maria, '/inbox')
  const row = maria.getByTestId('calls').getByRole('link').filter({ hasText: 'Marco Bianchi' })
  const box = await row.boundingBox()
  if (!box) throw new Error('the row is not there')
  const finger = await maria.context().newCDPSession(maria)
  const y = box.y + box.height / 2
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] })
  await touch('touchStart', 320)
  for (let x = 300; x >= 120; x -= 20) await touch('touchMove', x)
  await touch('touchEnd')
  await expect(maria.getByText('Archived: Marco Bianchi')).toBeVisible()
  await maria.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()
})

test('e archives the call that has the focus, Enter opens it', async ({ maria }) => {
  test.skip(isPhone(maria), 'a phone has no keyboard')
  await openAlive(maria, '/inbox')
  await maria.getByTestId('calls').getByRole('link').filter({ hasText: 'Tim Jansen' }).focus()
  await maria.keyboard.press('Enter')
  await expect(maria.getByRole('heading', { name: 'Tim Jansen' })).toBeVisible()
  await maria.keyboard.press('e')
  await expect(maria.getByText('Archived: Tim Jansen')).toBeVisible()
  await maria.getByRole('button', { name: 'Undo' }).click()
  await expect(maria.getByTestId('calls').getByText('Tim Jansen')).toBeVisible()
})
