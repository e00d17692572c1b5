import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { Command } from 'commander'
import { contextOf, desktop, launchBrowser, phone } from '../e2e/browser/launch.ts'
import { owner } from '../e2e/seed/seed.ts'

const pages: readonly { name: string; path: string; before?: (page: Page) => Promise<unknown>; isPublic?: boolean }[] =
  [
    { name: 'login', path: '/login', isPublic: true },
    { name: 'register', path: '/register', isPublic: true },
    { name: 'inbox', path: '/inbox' },
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
  .description('Photographs every page of a running, seeded service (node e2e/seed/seed.ts fills it)')
  .option('--url <url>', 'where it runs', 'http://localhost:8000')
  .option('--out <folder>', 'where the pictures go', 'docs/screenshots')
  .option('--only <names>', 'some pages, separated by commas')
  .parse()
  .opts<{ url: string; out: string; only?: string }>()

const wanted = options.only?.split(',')
const sizes = { phone, desktop } as const
const schemes = ['light', 'dark'] as const

async function shoot(browser: Browser, size: keyof typeof sizes, scheme: (typeof schemes)[number]) {
  const stranger = await browser.newContext(contextOf(sizes[size], scheme))
  const known = await browser.newContext(contextOf(sizes[size], scheme))
  const entered = await known.request.post(`${options.url}/api/v1/sign-in`, {
    data: { username: owner.username, password: owner.password },
    headers: { origin: options.url },
  })
  if (!entered.ok()) throw new Error(`Signing in answered ${entered.status()}: ${await entered.text()}`)
  for (const { name, path, isPublic } of pages) {
    if (wanted && !wanted.includes(name)) continue
    const page = await (isPublic ? stranger : known).newPage()
    page.on('console', message => message.type() === 'error' && console.error(`${name}: ${message.text()}`))
    page.on('pageerror', error => console.error(`${name}: ${error.message}`))
    const answer = await page.goto(`${options.url}${path}`, { waitUntil: 'load', timeout: 120_000 })
    if (answer?.status() === 404) console.error(`${name}: 404`)
    await page.waitForTimeout(1200)
    await page.screenshot({ path: join(options.out, `${name}-${size}${scheme === 'dark' ? '-dark' : ''}.png`) })
    await page.close()
  }
  await Promise.all([stranger.close(), known.close()])
}

await mkdir(options.out, { recursive: true })
const browser = await launchBrowser()
try {
  for (const size of ['phone', 'desktop'] as const) for (const scheme of schemes) await shoot(browser, size, scheme)
} finally {
  await browser.close()
}
