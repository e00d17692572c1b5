import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page, expect as see } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startWeb, type Web } from '../../test/web.ts'
import { installNative, type Native } from './native.ts'

const run = promisify(execFile)
const password = 'Str0ngPhrase!42'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Desktop Chromium asks before a page reaches loopback; the page of the app is served by the web view itself.
  '--disable-features=LocalNetworkAccessChecks',
]

let web: Web
let browser: Browser
let context: BrowserContext
let page: Page
let phone: Awaited<ReturnType<typeof installNative>>
let preferences: Map<string, string>
let vault: Map<string, string>
let screening: { mode: string; isConnected: boolean; server: string | null; key: string | null }
let people = 0
let launchUrl: string | null = null
let news: NewsFake

/** NewsPlugin.java as the screens see it; the distributor answers when a test says so. */
type NewsFake = {
  mode: string
  isAllowed: boolean
  distributors: { id: string; name: string }[]
  distributor?: string
  endpoint?: string
  p256dh?: string
  auth?: string
  failure?: string
}
const noNews = (): NewsFake => ({
  mode: 'off',
  isAllowed: true,
  distributors: [{ id: 'io.heckel.ntfy', name: 'ntfy' }],
})
let newsAsked: Record<string, unknown>
let offered: Map<string, { order: string; callId: string }>

/** The Java side, as far as the screens see it. */
const native: Native = {
  Preferences: {
    configure: () => {},
    get: ({ key }) => ({ value: preferences.get(String(key)) ?? null }),
    set: ({ key, value }) => void preferences.set(String(key), String(value)),
    remove: ({ key }) => void preferences.delete(String(key)),
  },
  SecureStorage: {
    internalGetItem: ({ prefixedKey }) => ({ data: vault.get(String(prefixedKey)) ?? null }),
    internalSetItem: ({ prefixedKey, data }) => void vault.set(String(prefixedKey), String(data)),
    internalRemoveItem: ({ prefixedKey }) => ({ success: vault.delete(String(prefixedKey)) }),
  },
  News: {
    status: () => news,
    askPermission: () => news,
    register(options) {
      newsAsked = options
      news = { ...noNews(), mode: 'push', distributor: String(options.distributor) }
      return news
    },
    poll(options) {
      newsAsked = options
      news = { ...noNews(), mode: 'poll' }
      return news
    },
    stop() {
      news = noNews()
      return news
    },
    redeem({ word }) {
      const order = offered.get(String(word))
      offered.delete(String(word))
      return order ?? { order: null, callId: null }
    },
  },
  App: { minimizeApp: () => {}, getLaunchUrl: () => (launchUrl ? { url: launchUrl } : {}) },
  CallScreen: {
    status: () => screenStatus(),
    requestRole: () => screenStatus(),
    connect({ server, deviceKey }) {
      Object.assign(screening, { isConnected: true, server, key: deviceKey })
      return screenStatus()
    },
    setMode({ mode }) {
      screening.mode = String(mode)
      return screenStatus()
    },
    async simulate({ number }) {
      const body = {
        call_id: `android-test-${Math.random()}`,
        caller_number: number,
        called_number: 'android',
        channel: 'android:screen',
        deadline_ms: 3000,
      }
      const headers = { 'content-type': 'application/json', 'x-api-key': screening.key! }
      const response = await fetch(`${screening.server}/call/incoming`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      const { action, message } = (await response.json()) as { action: string; message: string }
      return {
        treatment: action === 'block' ? 'decline' : action === 'voicemail' ? 'silence' : 'allow',
        reason: message,
        tookMs: 5,
      }
    },
    disconnect() {
      Object.assign(screening, { mode: 'off', isConnected: false, server: null, key: null })
      return screenStatus()
    },
  },
}
const screenStatus = () => ({ isSupported: true, hasRole: true, waiting: 0, ...screening, key: undefined })

async function api(path: string, init: { token?: string; key?: string; method?: string; body?: object } = {}) {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (init.token) headers.authorization = `Bearer ${init.token}`
  if (init.key) headers['x-api-key'] = init.key
  return fetch(web.url + path, {
    method: init.method ?? (init.body ? 'POST' : 'GET'),
    headers,
    body: init.body ? JSON.stringify(init.body) : null,
  })
}

async function addPerson() {
  const username = `phone${++people}`
  const answer = await api('/auth/register', { body: { username, email: `${username}@example.com`, password } })
  return { username, ...((await answer.json()) as { token: string; api_key: string }) }
}

beforeAll(async () => {
  // What is tested is what ships: vitest's own NODE_ENV would make it a development build.
  const env = { ...process.env, NODE_ENV: 'production' }
  await run('node_modules/.bin/vite', ['build', '--config', 'mobile/vite.config.ts'], { env })
  web = await startWeb()
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: flags })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await web.stop()
})
beforeEach(async () => {
  launchUrl = null
  preferences = new Map()
  vault = new Map()
  news = noNews()
  newsAsked = {}
  offered = new Map()
  screening = { mode: 'off', isConnected: false, server: null, key: null }
  context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    ignoreHTTPSErrors: false,
  })
  phone = await installNative(context, native)
  page = await context.newPage()
  page.setDefaultTimeout(8000)
})
afterEach(() => context.close())

const open = () => page.goto(`${phone.origin}/`)

async function connect(address = web.url) {
  await open()
  await page.getByLabel('Server address').fill(address)
  const warning = page.getByLabel('I understand, connect without encryption')
  if (address.startsWith('http:')) await warning.check()
  await page.getByRole('button', { name: 'Connect' }).click()
}

async function signIn(username: string, { remember = true } = {}) {
  await page.getByLabel('Username or e-mail').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  if (remember) await page.getByLabel('Remember me').check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
}

const storedInPage = () => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))

describe('the first screen', () => {
  it('asks for the server, warns about an unencrypted one, checks it and remembers it', async () => {
    await open()
    await page.getByLabel('Server address').fill(web.url)
    await see(page.getByRole('button', { name: 'Connect' })).toBeDisabled()
    await connect()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    expect(preferences.get('server')).toBe(web.url)
  })
  it('says what is wrong with an address', async () => {
    await open()
    const field = page.getByLabel('Server address')
    await field.fill('http://calls.example.com')
    await page.getByRole('button', { name: 'Connect' }).click()
    await see(page.getByText('must begin with https')).toBeVisible()
    await connect('http://127.0.0.1:9')
    await see(page.getByText('Nothing answers at this address')).toBeVisible()
    expect(preferences.size).toBe(0)
  })
})

describe('the QR code of the dashboard', () => {
  const scanned = () => `aicall://connect?server=${encodeURIComponent(web.url)}`

  it('brings the address, and the person still decides', async () => {
    launchUrl = scanned()
    await open()
    await see(page.getByLabel('Server address')).toHaveValue(web.url)
    expect(preferences.size).toBe(0)
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
    expect(preferences.get('server')).toBe(web.url)
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
    expect(vault.size).toBe(1)
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
    const kept = [...vault.values()].join()
    expect(kept).toContain('eyJ')
    expect(kept).not.toContain('aisk_')
    expect([...preferences.keys()]).toEqual(['server'])
  })

  it('stays signed in after a restart of the app only when remembered', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.reload()
    await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()

    vault.clear()
    await page.reload()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
  })

  it('signs out: the session is over on the server and the phone keeps nothing', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    const token = (JSON.parse([...vault.values()][0]!) as { token: string }).token
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    expect(vault.size).toBe(0)
    expect(phone.calls).toContain('CallScreen.disconnect')
    expect((await api('/user/profile', { token })).status).toBe(401)
  })

  it('is asked to sign in again when the session was revoked elsewhere', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    expect((await api('/api/v1/sessions', { token: person.token, method: 'DELETE' })).status).toBeLessThan(300)
    await see(page.getByLabel('Username or e-mail')).toBeVisible({ timeout: 15_000 })
    expect(vault.size).toBe(0)
  })

  it('goes on with a new token when the old one has expired', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    const [[key, text]] = [...vault] as [[string, string]]
    vault.set(key, JSON.stringify({ ...(JSON.parse(text) as object), token: 'eyJhbGciOiJIUzI1NiJ9.e30.expired' }))
    await page.reload()
    await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
    expect(vault.get(key)).not.toContain('expired')
  })

  it('sees that the server is away, and keeps the session', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await context.route(`${web.url}/**`, route => route.abort())
    await page.reload()
    await see(page.getByText(/cannot be reached|could not be reached|No connection/i).first()).toBeVisible()
    expect(vault.size).toBe(1)
    await context.unroute(`${web.url}/**`)
    await page.reload()
    await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
  })
})

describe('the calls of the phone itself', () => {
  it('are off until their owner agrees, and use a key that can do nothing else', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await page.getByLabel('Decides about calls').click()
    await see(page.getByText('Send calls of this phone to your server?')).toBeVisible()
    expect(screening.isConnected).toBe(false)
    await page.getByRole('button', { name: 'Agree' }).click()
    await see(page.getByRole('button', { name: 'Ask the server' })).toBeVisible()
    await expect.poll(() => screening.mode).toBe('screen')
    expect((await api('/user/calls', { key: screening.key! })).status).toBe(403)
    expect((await api('/user/profile', { key: screening.key! })).status).toBe(403)

    await page.getByLabel('Phone number').fill('+49301234567')
    await page.getByRole('button', { name: 'Ask the server' }).click()
    await see(page.getByText(/The phone would ring|without a sound|would be declined/)).toBeVisible()
  })
})

describe('notifications on the phone', () => {
  const openSettings = async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await see(page.getByText('How the phone hears of calls')).toBeVisible()
    return person
  }
  const devices = async (token: string) =>
    ((await (await api('/api/v1/push', { token })).json()) as { subscriptions: { kind: string }[] }).subscriptions
  const endpoint = 'https://ntfy.example.com/up1234?up=1'
  const keys = { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: Buffer.alloc(16, 7).toString('base64url') }

  it('go through the distributor that its owner chooses, with the server’s own key', async () => {
    const { token } = await openSettings()
    await page.getByLabel('At once, through ntfy').click()
    await see(page.getByText('Waiting for the distributor')).toBeVisible()
    const { publicKey } = (await (await api('/api/v1/push', { token })).json()) as { publicKey: string }
    expect(newsAsked).toMatchObject({ distributor: 'io.heckel.ntfy', vapid: publicKey })

    Object.assign(news, { endpoint, ...keys })
    await phone.send('News', 'changed', news)
    await see(page.getByText('Your server reaches this phone.')).toBeVisible()
    expect(await devices(token)).toMatchObject([{ kind: 'unifiedpush' }])

    await page.getByLabel('Not at all').click()
    await expect.poll(() => devices(token)).toEqual([])
  })

  it('are told to the server again at every start: the distributor may have moved the phone', async () => {
    const { token } = await openSettings()
    news = { ...noNews(), mode: 'push', distributor: 'io.heckel.ntfy', endpoint, ...keys }
    await page.goto(`${phone.origin}/#/inbox`)
    await page.reload()
    await expect.poll(() => devices(token)).toMatchObject([{ kind: 'unifiedpush' }])
  })

  it('say why when the distributor refuses, or the server refuses the distributor', async () => {
    await openSettings()
    await page.getByLabel('At once, through ntfy').click()
    await phone.send('News', 'changed', { ...news, failure: 'NETWORK' })
    await see(page.getByText(/did not register this phone \(NETWORK\)/)).toBeVisible()
    await phone.send('News', 'changed', { ...news, endpoint: 'https://10.0.0.7/up', ...keys })
    await see(page.getByText('must be on the public internet')).toBeVisible()
  })

  it('are looked for without a distributor, with a key that reads calls and nothing else', async () => {
    const person = await addPerson()
    await api('/call/incoming', {
      key: person.api_key,
      body: { call_id: 'old-1', caller_number: '+4930111222', called_number: '100' },
    })
    news.distributors = []
    await connect()
    await signIn(person.username)
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await see(page.getByText('install a push distributor such as ntfy')).toBeVisible()
    await page.getByLabel('The phone looks by itself').click()
    await expect.poll(() => newsAsked.readKey).toMatch(/^aisk_/)
    const key = String(newsAsked.readKey)
    expect(newsAsked.server).toBe(web.url)
    const list = (await (await api('/api/v1/calls?limit=20', { key })).json()) as { calls: { id: number }[] }
    expect(newsAsked.lastCall).toBe(String(list.calls[0]!.id))
    expect((await api('/user/profile', { key })).status).toBe(403)
    expect((await api('/call/incoming', { key, body: { call_id: 'x', caller_number: '1' } })).status).toBe(403)
    expect(JSON.stringify([...preferences])).not.toContain('aisk_')

    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    expect(phone.calls).toContain('News.stop')
    expect((await api('/api/v1/calls', { key })).status).toBe(401)
  })

  it('stop for the last person when somebody else signs in', async () => {
    const first = await openSettings()
    await page.getByLabel('The phone looks by itself').click()
    await expect.poll(() => news.mode).toBe('poll')
    await api('/api/v1/sessions', { token: first.token, method: 'DELETE' })
    vault.clear()
    await page.reload()
    const second = await addPerson()
    await signIn(second.username)
    expect(news.mode).toBe('off')
    expect([...preferences.keys()]).toEqual(['server'])
  })

  it('order from their buttons once, and no link from elsewhere orders anything', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    const ordered: string[] = []
    await context.route(`${web.url}/api/v1/calls/*/commands`, route => {
      ordered.push(`${new URL(route.request().url()).pathname} ${route.request().postData()}`)
      return route.fulfill({ status: 201, json: {}, headers: { 'access-control-allow-origin': 'http://localhost' } })
    })
    offered.set('w-1', { order: 'take', callId: 'pbx-7' })
    await phone.send('App', 'appUrlOpen', { url: 'aicall://live?order=w-1' })
    await see(page).toHaveURL(/#\/live$/)
    await expect
      .poll(() => ordered.filter(each => each.includes('take')))
      .toEqual(['/api/v1/calls/pbx-7/commands {"kind":"take"}'])
    await phone.send('App', 'appUrlOpen', { url: 'aicall://live?order=w-1' })
    await phone.send('App', 'appUrlOpen', { url: 'aicall://live?order=guess' })
    await expect.poll(() => phone.calls.filter(call => call === 'News.redeem').length).toBe(3)
    expect(ordered.filter(each => each.includes('kind'))).toHaveLength(1)
  })

  it('open their call when the app was closed', async () => {
    const person = await addPerson()
    await api('/call/incoming', {
      key: person.api_key,
      body: { call_id: 'cold-1', caller_number: '+4930111222', called_number: '100' },
    })
    await connect()
    await signIn(person.username)
    await page.close()
    launchUrl = 'aicall://calls/cold-1'
    page = await context.newPage()
    await open()
    await see(page).toHaveURL(/#\/inbox\/cold-1$/)
    await see(page.getByText('Why this decision').first()).toBeVisible()
  })
})

describe('the system around the app', () => {
  it('opens a call from a link, and goes back with the back button', async () => {
    const person = await addPerson()
    await api('/call/incoming', {
      key: person.api_key,
      body: { call_id: 'deep-1', caller_number: '+4930111222', called_number: '100' },
    })
    await connect()
    await signIn(person.username)
    await phone.send('App', 'appUrlOpen', { url: 'aicall://calls/deep-1' })
    await see(page).toHaveURL(/#\/inbox\/deep-1$/)
    await phone.send('App', 'backButton', { canGoBack: true })
    await see(page).toHaveURL(/#\/inbox$/)
    await phone.send('App', 'backButton', { canGoBack: false })
    await expect.poll(() => phone.calls).toContain('App.minimizeApp')
  })

  it('calls no native method that no Java source has', async () => {
    const sources = 'android/app/src/main/java/app/aicallservice/android'
    for (const [ours, plugin] of [
      ['mobile/call-screen.ts', 'callscreen/CallScreenPlugin.java'],
      ['mobile/news.ts', 'news/NewsPlugin.java'],
    ] as const) {
      const java = readFileSync(`${sources}/${plugin}`, 'utf8')
      for (const [, method] of readFileSync(ours, 'utf8').matchAll(/^ {2}(\w+)\(/gm))
        if (method !== 'addListener') expect(java).toMatch(new RegExp(`@PluginMethod\\s+public void ${method}\\(`))
    }
  })
})
