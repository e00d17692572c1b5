import { expect as see } from '@playwright/test'
import { describe, expect, it } from 'vitest'
import { java } from './java.ts'
import {
  addPerson,
  api,
  connect,
  context,
  open,
  page,
  password,
  phone,
  setUpPhone,
  signIn,
  storedInPage,
  web,
} from './world.ts'

setUpPhone()

describe('the first screen', () => {
  it('asks for the server, warns about an unencrypted one, checks it and remembers it', async () => {
    await open()
    await page.getByLabel('Server address').fill(web.url)
    await see(page.getByRole('button', { name: 'Connect' })).toBeDisabled()
    await connect()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    expect(java.preferences.get('server')).toBe(web.url)
  })
  it('says what is wrong with an address', async () => {
    await open()
    const field = page.getByLabel('Server address')
    await field.fill('http://calls.example.com')
    await page.getByRole('button', { name: 'Connect' }).click()
    await see(page.getByText('must begin with https')).toBeVisible()
    await connect('http://127.0.0.1:9')
    await see(page.getByText('Nothing answers at this address')).toBeVisible()
    expect(java.preferences.size).toBe(0)
  })
})

describe('the QR code of the dashboard', () => {
  const scanned = () => `aicall://connect?server=${encodeURIComponent(web.url)}`

  it('brings the address, and the person still decides', async () => {
    java.launchUrl = scanned()
    await open()
    await see(page.getByLabel('Server address')).toHaveValue(web.url)
    expect(java.preferences.size).toBe(0)
  })
  it('counts while the first screen stands open', async () => {
    await open()
    await see(page.getByLabel('Server address')).toHaveValue('')
    await phone.send('App', 'appUrlOpen', { url: scanned() })
    await see(page.getByLabel('Server address')).toHaveValue(web.url)
  })
  it('never moves a connected phone to another server', async () => {
    await connect()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    await phone.send('App', 'appUrlOpen', { url: 'aicall://connect?server=https%3A%2F%2Fevil.example.com' })
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    expect(java.preferences.get('server')).toBe(web.url)
  })
})

describe('a person on the phone', () => {
  it('registers with a confirmation of what is wrong, and is in', async () => {
    await connect()
    await page.getByRole('link', { name: 'Register' }).click()
    await page.getByLabel('Username').fill('fresh-phone')
    await page.getByLabel('E-mail').fill('fresh-phone@example.com')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: /register|create/i }).click()
    await see(page.getByRole('navigation').first()).toBeVisible()
    expect(java.vault.size).toBe(1)
  })

  it('signs in, sees the history from the server and a call, and nothing secret is outside the Keystore', async () => {
    const person = await addPerson()
    const call = {
      call_id: 'phone-1',
      caller_number: '+4930111222',
      called_number: '100',
      transcript: 'Hi, this is Anna from the dentist, please call me back tomorrow.',
    }
    expect((await api('/call/incoming', { key: person.api_key, body: call })).status).toBe(200)
    await connect()
    await signIn(person.username)
    const row = page
      .getByRole('link', { name: /Anna|\+49/ })
      .or(page.getByRole('option', { name: /Anna|\+49/ }))
      .or(page.getByText(/Anna|\+49 ?30/))
      .first()
    await row.click()
    await see(page.getByText('Why this decision').first()).toBeVisible()
    expect(await storedInPage()).not.toMatch(/eyJ|aisk_|refresh/)
    const kept = [...java.vault.values()].join()
    expect(kept).toContain('eyJ')
    expect(kept).not.toContain('aisk_')
    expect([...java.preferences.keys()]).toEqual(['server'])
  })

  it('finds every screen of the dashboard', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    const shown = new Set<string>()
    for (const place of ['people', 'rules', 'voice', 'overview', 'try', 'settings', 'live', 'inbox']) {
      await page.evaluate(to => {
        window.location.hash = `#/${to}`
      }, place)
      const heading = page.getByRole('heading', { level: 1 })
      await see(heading).toBeVisible()
      await expect.poll(async () => shown.has((await heading.textContent()) ?? '')).toBe(false)
      shown.add((await heading.textContent()) ?? '')
    }
    expect(shown.size).toBe(8)
  })

  it('skips the navigation without leaving the screen', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.getByRole('link', { name: 'People' }).first().click()
    await see(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible()
    await page.evaluate(() => {
      window.location.hash = '#content'
    })
    await see(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible()
  })

  it('stays signed in after a restart of the app only when remembered', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.reload()
    await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()

    java.vault.clear()
    await page.reload()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
  })

  it('signs out: the session is over on the server and the phone keeps nothing', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    const token = (JSON.parse([...java.vault.values()][0]!) as { token: string }).token
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    expect(java.vault.size).toBe(0)
    expect(phone.calls).toContain('CallScreen.disconnect')
    expect((await api('/user/profile', { token })).status).toBe(401)
  })

  it('is asked to sign in again when the session was revoked elsewhere', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    expect((await api('/api/v1/sessions', { token: person.token, method: 'DELETE' })).status).toBeLessThan(300)
    await see(page.getByLabel('Username or e-mail')).toBeVisible({ timeout: 15_000 })
    expect(java.vault.size).toBe(0)
  })

  it('goes on with a new token when the old one has expired', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    const [[key, text]] = [...java.vault] as [[string, string]]
    java.vault.set(key, JSON.stringify({ ...(JSON.parse(text) as object), token: 'eyJhbGciOiJIUzI1NiJ9.e30.expired' }))
    await page.reload()
    await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
    expect(java.vault.get(key)).not.toContain('expired')
  })

  it('sees that the server is away, and keeps the session', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await context.route(`${web.url}/**`, route => route.abort())
    await page.reload()
    await see(page.getByText(/cannot be reached|could not be reached|No connection/i).first()).toBeVisible()
    expect(java.vault.size).toBe(1)
    await context.unroute(`${web.url}/**`)
    await page.reload()
    await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
  })
})
