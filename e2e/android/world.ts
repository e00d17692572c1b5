import { type Browser, type BrowserContext, chromium, type Page, expect as see } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startWeb, type Web } from '../../test/web.ts'
import { native, resetJava } from './java.ts'
import { installNative } from './native.ts'

export const password = 'Str0ngPhrase!42'
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

let browser: Browser
let people = 0
// Fresh for every test; importers read them, this file alone writes.
export let web: Web
export let context: BrowserContext
export let page: Page
export let phone: Awaited<ReturnType<typeof installNative>>

/** The real server, and for every test a new phone in a real browser. Call once at the top of a test file. */
export function setUpPhone() {
  beforeAll(async () => {
    web = await startWeb()
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: flags })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await web.stop()
  })
  beforeEach(async () => {
    resetJava()
    context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'en-GB',
      ignoreHTTPSErrors: false,
      hasTouch: true,
    })
    phone = await installNative(context, native)
    page = await context.newPage()
    page.setDefaultTimeout(8000)
  })
  afterEach(() => context.close())
}

/** Android starts the app again; what Java holds has stayed. */
export async function restartApp() {
  await page.close()
  page = await context.newPage()
  await open()
}

/** The server itself, past the app. */
export async function api(path: string, init: { token?: string; key?: string; method?: string; body?: object } = {}) {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (init.token) headers.authorization = `Bearer ${init.token}`
  if (init.key) headers['x-api-key'] = init.key
  return fetch(web.url + path, {
    method: init.method ?? (init.body ? 'POST' : 'GET'),
    headers,
    body: init.body ? JSON.stringify(init.body) : null,
  })
}

export async function addPerson() {
  const username = `phone${++people}`
  const answer = await api('/auth/register', { body: { username, email: `${username}@example.com`, password } })
  return { username, ...((await answer.json()) as { token: string; api_key: string }) }
}

export const open = () => page.goto(`${phone.origin}/`)

/** Through the first screen. */
export async function connect(address = web.url) {
  await open()
  await page.getByLabel('Server address').fill(address)
  const warning = page.getByLabel('I understand, connect without encryption')
  if (address.startsWith('http:')) await warning.check()
  await page.getByRole('button', { name: 'Connect' }).click()
}

export async function signIn(username: string, { remember = true } = {}) {
  await page.getByLabel('Username or e-mail').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  if (remember) await page.getByLabel('Remember me').check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await see(page.getByRole('heading', { name: 'Inbox' })).toBeVisible()
}

export const storedInPage = () => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
