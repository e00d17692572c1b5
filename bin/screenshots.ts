import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { Command } from 'commander'
import { contextOf, desktop, launchBrowser, phone } from '../e2e/browser/launch.ts'
import { startService } from '../e2e/browser/service.ts'
import { owner } from '../e2e/seed/seed.ts'

const sizes = { phone, desktop } as const
const schemes = ['light', 'dark'] as const
type Size = keyof typeof sizes
type Shown = { name: string; path: string | Record<Size, string>; isPublic?: boolean }

const pages: readonly Shown[] = [
  { name: 'login', path: '/login', isPublic: true },
  { name: 'register', path: '/register', isPublic: true },
  { name: 'inbox', path: { phone: '/inbox', desktop: '/inbox/seed-1' } },
  { name: 'call', path: '/inbox/seed-1' },
  { name: 'live', path: '/live' },
  { name: 'try', path: '/try' },
  { name: 'people', path: '/people' },
  { name: 'rules', path: '/rules' },
  { name: 'voice', path: '/voice' },
  { name: 'overview', path: '/overview' },
  { name: 'settings', path: '/settings' },
  { name: 'admin', path: '/admin' },
]

const options = new Command('screenshots')
  .description('Photographs every page, of a service of its own that is filled with calls and thrown away')
  .option('--url <url>', 'a service that runs already instead, filled by node e2e/seed/seed.ts')
  .option('--out <folder>', 'where the pictures go', 'docs/screenshots')
  .option('--only <names>', 'some pages, separated by commas')
  .option('--install', 'also the two pictures that a browser shows when it offers to install the dashboard')
  .parse()
  .opts<{ url?: string; out: string; only?: string; install?: true }>()

const wanted = options.only?.split(',')
const fileOf = (name: string, size: Size, scheme: (typeof schemes)[number]) =>
  join(options.out, `${name}-${size}${scheme === 'dark' ? '-dark' : ''}.png`)

async function shoot(browser: Browser, url: string, size: Size, scheme: (typeof schemes)[number]) {
  const stranger = await browser.newContext(contextOf(sizes[size], scheme))
  const known = await browser.newContext(contextOf(sizes[size], scheme))
  const entered = await known.request.post(`${url}/api/v1/sign-in`, {
    data: { username: owner.username, password: owner.password },
    headers: { origin: url },
  })
  if (!entered.ok()) throw new Error(`Signing in answered ${entered.status()}: ${await entered.text()}`)
  for (const { name, path, isPublic } of pages) {
    if (wanted && !wanted.includes(name)) continue
    const page = await (isPublic ? stranger : known).newPage()
    page.on('console', message => message.type() === 'error' && console.error(`${name}: ${message.text()}`))
    page.on('pageerror', error => console.error(`${name}: ${error.message}`))
    const answer = await page.goto(url + (typeof path === 'string' ? path : path[size]), { timeout: 120_000 })
    if (answer?.status() === 404) console.error(`${name}: 404`)
    await page.waitForTimeout(1200)
    await page.screenshot({ path: fileOf(name, size, scheme) })
    await page.close()
  }
  await Promise.all([stranger.close(), known.close()])
}

/** The whole program, so that the pages say that somebody listens. */
async function startOwn() {
  const service = await startService({ isSeeded: true, withLive: false, settings: { ROLE: 'all' } })
  await service.untilVoiceWorks()
  await service.beginLiveCall()
  return service
}

await mkdir(options.out, { recursive: true })
const own = options.url ? null : await startOwn()
const browser = await launchBrowser()
try {
  const url = options.url ?? own?.url ?? ''
  for (const size of ['phone', 'desktop'] as const)
    for (const scheme of schemes) await shoot(browser, url, size, scheme)
  if (options.install) {
    await copyFile(fileOf('inbox', 'phone', 'light'), 'public/icons/screenshot-narrow.png')
    await copyFile(fileOf('inbox', 'desktop', 'light'), 'public/icons/screenshot-wide.png')
  }
} finally {
  await browser.close()
  await own?.stop()
}
