import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect as see } from '@playwright/test'
import { describe, expect, it } from 'vitest'
import { java } from './java.ts'
import { addPerson, api, connect, context, open, page, setUpPhone, signIn, web } from './world.ts'

const run = promisify(execFile)
setUpPhone()

/** Somebody with a certificate of their own making, who answers as the service does. */
async function startForger() {
  const folder = mkdtempSync(join(tmpdir(), 'forger-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const pair = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert]
  await run('openssl', ['req', '-x509', ...pair, '-days', '2', ...subject])
  const forger = { url: '', requests: 0, close: () => {} }
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    forger.requests++
    response.setHeader('access-control-allow-origin', '*')
    response.end(JSON.stringify({ version: '1.0.0', components: { user_manager: 'ok' } }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  forger.url = `https://localhost:${(server.address() as AddressInfo).port}`
  forger.close = () => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return forger
}

describe('a bad connection', () => {
  it('with a certificate that nobody vouches for is never talked to, and there is no way around', async () => {
    const forger = await startForger()
    try {
      await open()
      await page.getByLabel('Server address').fill(forger.url)
      await page.getByRole('button', { name: 'Connect' }).click()
      await see(page.getByText('Nothing answers safely at this address')).toBeVisible()
      await see(page.getByRole('button')).toHaveCount(1)
      expect(forger.requests).toBe(0)
      expect(java.preferences.size).toBe(0)
    } finally {
      forger.close()
    }
  })

  it('that hangs ends in a sentence', async () => {
    await context.route('http://192.168.77.7:8000/**', () => {})
    await connect('http://192.168.77.7:8000')
    await see(page.getByText('Nothing answers at this address')).toBeVisible({ timeout: 15_000 })
    await see(page.getByRole('button', { name: 'Connect' })).toBeEnabled()
  })

  it('that is slow brings everything in the end', async () => {
    const person = await addPerson()
    await api('/call/incoming', {
      key: person.api_key,
      body: { call_id: 'slow-1', caller_number: '+4930111222', called_number: '100' },
    })
    await connect()
    await signIn(person.username)
    let held = 0
    await context.route(`${web.url}/**`, async route => {
      held++
      await new Promise(resolve => setTimeout(resolve, 1500))
      await route.continue().catch(() => {})
    })
    await page.reload()
    await see(page.getByText(/\+49 ?30/).first()).toBeVisible({ timeout: 20_000 })
    expect(held).toBeGreaterThan(2)
    await context.unrouteAll({ behavior: 'ignoreErrors' })
  })

  it('is said above what is still on the screen, until it is back', async () => {
    const person = await addPerson()
    await connect()
    const stream = page.waitForResponse(response => response.url().includes('/api/v1/events'))
    await signIn(person.username)
    // One that opened after the cut would rightly stay.
    await stream
    await context.route(`${web.url}/**`, route => route.abort())
    // The stream that stands is cut as a lost network cuts it.
    web.server.closeAllConnections()
    const banner = page.getByText(`No connection to ${web.url}`)
    await see(banner).toBeVisible({ timeout: 15_000 })
    await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
    await page.waitForTimeout(1500)
    await see(banner).toBeVisible()
    await context.unroute(`${web.url}/**`)
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await see(banner).toBeHidden({ timeout: 15_000 })
  })
})
