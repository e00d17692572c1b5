import { readFile, writeFile } from 'node:fs/promises'
import { owner } from '../seed/seed.ts'
import { expect, expectAccessible, test } from './fixtures.ts'

test('the administrator makes a backup, takes it along with the password, and removes it', async ({ maria }, info) => {
  await maria.goto('/admin')
  await maria.getByRole('button', { name: 'Make a backup now' }).click()
  await expect(maria.getByText('The backup is made and checked.')).toBeVisible({ timeout: 40_000 })
  const take = maria.getByRole('button', { name: /^Download the backup of/ }).first()
  await expect(take).toBeVisible()
  await maria.getByText('How to bring a backup back').click()
  await expect(maria.getByText(/npm run restore -- .*ai-call-\d{14}\.tar\.gz/)).toBeVisible()
  await expectAccessible(maria)

  await take.click()
  await maria.getByLabel('Your password').fill('not the password')
  await maria.getByRole('button', { name: 'Download', exact: true }).click()
  await expect(maria.getByText('The password is wrong.')).toBeVisible()
  await maria.getByLabel('Your password').fill(owner.password)
  const download = maria.waitForEvent('download')
  await maria.getByRole('button', { name: 'Download', exact: true }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^ai-call-\d{14}\.tar\.gz$/)
  const copy = info.outputPath('backup.tar.gz')
  await writeFile(copy, await readFile(await file.path()))
  expect((await readFile(copy)).subarray(0, 2).toString('hex')).toBe('1f8b')
  await expect(maria.getByRole('dialog')).toBeHidden()

  const left = await maria.getByRole('button', { name: /^Remove the backup of/ }).count()
  await maria
    .getByRole('button', { name: /^Remove the backup of/ })
    .first()
    .click()
  await maria.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(maria.getByRole('button', { name: /^Remove the backup of/ })).toHaveCount(left - 1)
})

test('how many nights are kept is chosen, and stays', async ({ maria }) => {
  await maria.goto('/admin')
  await maria.getByLabel('Keep the last').selectOption({ label: '14 backups' })
  await expect(async () => {
    await maria.reload()
    await expect(maria.getByLabel('Keep the last')).toHaveValue('14', { timeout: 2_000 })
  }).toPass()
})

test('a person gets quiet hours of their own, and favourites may ring through mine', async ({ jonas }, info) => {
  const name = `Quiet ${info.project.name}`
  await jonas.goto('/people')
  await jonas.getByRole('button', { name: 'Add person' }).first().click()
  await jonas.getByLabel('Name').fill(name)
  await jonas.getByRole('switch', { name: /^Quiet hours for this person/ }).click()
  await jonas.getByLabel('From').fill('21:30')
  await jonas.getByRole('button', { name: 'Save' }).click()
  await expect(jonas.getByRole('dialog')).toBeHidden()
  await jonas.getByRole('button', { name: new RegExp(`(Edit|Change) ${name}`) }).click()
  await expect(jonas.getByLabel('From')).toHaveValue('21:30')
  await jonas.keyboard.press('Escape')

  await jonas.goto('/settings')
  const quiet = jonas.getByRole('switch', { name: 'Quiet hours' })
  if ((await quiet.getAttribute('aria-checked')) === 'false') await quiet.click()
  const favourites = jonas.getByRole('switch', { name: 'Favourites may ring through quiet hours' })
  await favourites.click()
  const chosen = await favourites.getAttribute('aria-checked')
  await expect(async () => {
    await jonas.reload()
    await expect(favourites).toHaveAttribute('aria-checked', String(chosen), { timeout: 2_000 })
  }).toPass()
})

test('what if a favourite had called, and what if it had been night', async ({ maria }) => {
  await maria.goto('/calls/seed-1')
  await maria.getByRole('button', { name: 'What if…' }).click()
  const dialog = maria.getByRole('dialog')
  await dialog.getByLabel('Who calls').selectOption({ label: 'Tim Jansen' })
  await dialog.getByRole('button', { name: 'See what would happen' }).click()
  await expect(dialog.getByText('Tim Jansen is a favourite and rings through.').first()).toBeVisible()
  await dialog.getByLabel('Who calls').selectOption({ label: 'Another number…' })
  await dialog.getByLabel('Their number').fill('+49 69 5550 777')
  await dialog.getByLabel('At', { exact: true }).fill('22:30')
  await dialog.getByRole('button', { name: 'See what would happen' }).click()
  await expect(dialog.getByText('The rule without a name for strangers decides: take a message.').first()).toBeVisible()
  await expectAccessible(maria)
})

test('a line is called what its owner calls it', async ({ jonas }, info) => {
  const name = `Study ${info.project.name}`
  await jonas.goto('/voice')
  await jonas.getByLabel('Name of this line').fill(name)
  await jonas.getByRole('button', { name: 'Save' }).click()
  await expect(jonas.getByRole('heading', { name })).toBeVisible()
})
