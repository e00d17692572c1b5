import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { expect, openAlive, signIn, test } from './fixtures.ts'

const password = 'seven willows by the river'

async function enter(page: Page, url: string, username: string) {
  await page.request.post(`${url}/api/v1/sign-up`, {
    data: { username, email: `${username}@example.com`, password },
    headers: { origin: url },
  })
  await signIn(page, url, { username, password })
}

test('two-factor sign-in is turned on with the password, asked for at the door, and turned off again', async ({
  page,
  service,
}, info) => {
  const username = `tilda-${info.project.name}`
  await enter(page, service.url, username)
  const window = page.getByRole('dialog')

  await openAlive(page, '/settings')
  await page.getByRole('button', { name: 'Turn on', exact: true }).click()
  await window.getByLabel('Your password').fill('not the password')
  await window.getByRole('button', { name: 'Go on' }).click()
  await expect(window.getByText('The password is wrong.')).toBeVisible()
  await window.getByLabel('Your password').fill(password)
  await window.getByRole('button', { name: 'Go on' }).click()
  const totp = new TOTP({ secret: Secret.fromBase32((await window.locator('code').textContent()) ?? '') })
  await window.getByLabel(/code/i).fill(totp.generate())
  await window.getByRole('button', { name: 'Confirm' }).click()
  await window.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText(/recovery codes left/)).toBeVisible()

  await page.context().clearCookies()
  await page.goto('/login')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  // A code opens once: this one is the next.
  await page.getByLabel(/code/i).fill(totp.generate({ timestamp: Date.now() + 30_000 }))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/inbox/)

  await openAlive(page, '/settings')
  await page.getByRole('button', { name: 'Turn off', exact: true }).click()
  await window.getByLabel('Your password').fill(password)
  await window.getByRole('button', { name: 'Turn off' }).click()
  await expect(page.getByRole('button', { name: 'Turn on', exact: true })).toBeVisible()
})

test('a passkey is added with the password and opens the door; who thinks better of it sees no error', async ({
  page,
  service,
}, info) => {
  const username = `petra-${info.project.name}`
  await enter(page, service.url, username)
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: false,
      automaticPresenceSimulation: true,
    },
  })
  const add = async () => {
    await page.getByRole('button', { name: 'Add this device' }).click()
    await page.getByRole('dialog').getByLabel('Your password').fill(password)
    await page.getByRole('dialog').getByRole('button', { name: 'Add this device' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
  }

  await openAlive(page, '/settings')
  await add()
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toHaveCount(0)
  await browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await add()
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toHaveCount(1)

  await page.context().clearCookies()
  await page.goto('/login')
  await page.getByRole('button', { name: /passkey/i }).click()
  await expect(page).toHaveURL(/\/inbox/)
})
