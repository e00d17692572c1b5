import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type Service, startService } from '../../test/process/service.ts'
import { contextOf, launchBrowser, phone } from './launch.ts'

const password = 'Str0ngPhrase!42'
let service: Service
let browser: Browser
let context: BrowserContext
let page: Page
let token: string
let people = 0

async function api(path: string, body?: object, method = body ? 'POST' : 'GET') {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return fetch(service.url + path, { method, headers, body: body ? JSON.stringify(body) : null })
}

test.beforeAll(async () => {
  service = await startService()
  browser = await launchBrowser()
})
test.afterAll(async () => {
  await browser?.close()
  await service?.end()
})
test.beforeEach(async () => {
  context = await browser.newContext({ ...contextOf(phone), baseURL: service.url.replace('127.0.0.1', 'localhost') })
  page = await context.newPage()
  const username = `pwa${++people}`
  const answer = await fetch(`${service.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, email: `${username}@example.com`, password }),
  })
  token = ((await answer.json()) as { token: string }).token
  await page.goto('/login')
  await page.getByLabel('Username or e-mail').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
})
test.afterEach(() => context.close())

/** Waits for the worker to control the page, as it does from the second visit on. */
async function withWorker() {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
}

const caches = () =>
  page.evaluate(async () => {
    const found: Record<string, string[]> = {}
    for (const name of await window.caches.keys()) {
      const cache = await window.caches.open(name)
      found[name] = (await cache.keys()).map(request => new URL(request.url).pathname)
    }
    return found
  })

test('the dashboard can be installed: manifest, icons, worker', async () => {
  const manifest = (await (await context.request.get('/manifest.webmanifest')).json()) as {
    icons: { src: string }[]
    shortcuts: { url: string }[]
    screenshots: { src: string }[]
  }
  expect(manifest.shortcuts.map(({ url }) => url)).toEqual(['/inbox', '/live'])
  for (const { src } of [...manifest.icons, ...manifest.screenshots]) {
    expect((await context.request.get(src)).headers()['content-type'], src).toBe('image/png')
  }
  const worker = await context.request.get('/sw.js')
  expect(worker.headers()['content-type']).toContain('javascript')
})

test('without a network the last inbox is there, other pages say so, and signing out leaves nothing', async () => {
  await api('/call/incoming', {
    call_id: 'pwa-1',
    caller_number: '+4930111222',
    called_number: '100',
    transcript: 'This is Anna from the bakery, call me back please',
  })
  await page.reload()
  await withWorker()
  await expect.poll(async () => (await caches()).private).toEqual(['/inbox'])
  for (const [name, paths] of Object.entries(await caches())) {
    if (name !== 'private') for (const path of paths) expect(path, name).toMatch(/^\/(_next\/static|icons)\//)
  }

  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
  await expect(page.getByText(/Anna/).first()).toBeVisible()
  await page.goto('/people')
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible()
  await context.setOffline(false)

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByLabel('Username or e-mail')).toBeVisible()
  expect((await caches()).private ?? []).toEqual([])
  await context.setOffline(true)
  await page.goto('/inbox').catch(() => {})
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible()
  expect(await page.content()).not.toContain('Anna')
})

test('a session that was revoked elsewhere leaves nothing either, and its page goes to the login', async () => {
  await withWorker()
  await expect.poll(async () => (await caches()).private).toEqual(['/inbox'])
  await api('/api/v1/sessions', undefined, 'DELETE')
  await expect(page.getByLabel('Username or e-mail')).toBeVisible()
  await expect.poll(async () => (await caches()).private ?? []).toEqual([])
})

test('a push becomes a notification of the service worker, with both answers on it', async () => {
  await context.grantPermissions(['notifications'], { origin: service.url.replace('127.0.0.1', 'localhost') })
  await withWorker()
  const devtools = await context.newCDPSession(page)
  const registration = new Promise<string>(resolve => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations[0]?.registrationId
      if (found) resolve(found)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const data = JSON.stringify({
    kind: 'incoming',
    title: 'Anna, dentist is calling',
    body: 'Open to see it.',
    call: 7,
    callId: 'pbx-7',
    actions: ['take', 'voicemail'],
  })
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registration,
    data,
  })
  const shown = () =>
    page.evaluate(async () => {
      const known = await (await navigator.serviceWorker.ready).getNotifications()
      return known.map(({ title, tag, data }) => ({ title, tag, data }))
    })
  await expect
    .poll(shown)
    .toEqual([{ title: 'Anna, dentist is calling', tag: 'call-7', data: { path: '/live', callId: 'pbx-7' } }])
})

test('the switch for this device explains itself where it cannot work', async () => {
  await page.goto('/settings')
  await expect(page.getByText('On this device')).toBeVisible()
  const card = page.getByText(/encrypted through the push service|has no push notifications|forbids notifications/)
  await expect(card.first()).toBeVisible()
})
