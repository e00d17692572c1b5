import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, CDPSession, Page } from '@playwright/test'

/** A middling phone: four times slower than this machine, behind a mobile network. */
const slowness = 4
const network = { offline: false, latency: 40, downloadThroughput: 10_000_000 / 8, uploadThroughput: 10_000_000 / 8 }

declare global {
  interface Window {
    noted: { longest: number; paint: number; largest: number; events: { name: string; ms: number }[] }
  }
}

/** Notes in the page what the browser says about long tasks, paints and how long each press took to be seen. */
function note() {
  const noted: Window['noted'] = { longest: 0, paint: 0, largest: 0, events: [] }
  window.noted = noted
  const watch = (type: string, hear: (entry: PerformanceEntry) => void, options: object = {}) =>
    new PerformanceObserver(list => list.getEntries().forEach(hear)).observe({ type, buffered: true, ...options })
  watch('longtask', entry => {
    noted.longest = Math.max(noted.longest, entry.duration)
  })
  watch('paint', entry => {
    if (entry.name === 'first-contentful-paint') noted.paint = entry.startTime
  })
  watch('largest-contentful-paint', entry => {
    noted.largest = entry.startTime
  })
  watch(
    'event',
    entry => {
      if ((entry as PerformanceEntry & { interactionId: number }).interactionId)
        noted.events.push({ name: entry.name, ms: entry.duration })
    },
    { durationThreshold: 16 },
  )
}

export type SlowPage = { page: Page; session: CDPSession; close(): Promise<void> }

/** A page on the slow phone, signed in by the cookie of `state`; nothing is cached. */
export async function openSlowly(browser: Browser, options: BrowserContextOptions): Promise<SlowPage> {
  const context = await browser.newContext(options)
  await context.addInitScript(note)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', network)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  return { page, session, close: () => context.close() }
}

/** When the first words and the list stood, in milliseconds since the address was entered. */
export async function paintsOf(page: Page): Promise<{ firstMs: number; listMs: number }> {
  await page.getByTestId('calls').getByRole('link').first().waitFor()
  await page.waitForFunction(() => window.noted.paint > 0 && window.noted.largest > 0)
  const { paint, largest } = await page.evaluate(() => window.noted)
  return { firstMs: Math.round(paint), listMs: Math.round(largest) }
}

export type Scrolled = { calls: number; mostRows: number; longestTaskMs: number; frameP95Ms: number; frames: number }

/** From the newest call to the oldest, further than a finger flings at every frame, as far as `calls` of them. */
export async function scrollThrough(page: Page, calls: number): Promise<Scrolled> {
  const seen = await page.getByTestId('calls').evaluate(async (list, calls) => {
    window.noted.longest = 0
    const frames: number[] = []
    let mostRows = 0
    let last = performance.now()
    let waited = 0
    const row = list.querySelector('li a')?.closest('li')
    const rowHigh = row?.getBoundingClientRect().height ?? 65
    const high = calls * rowHigh
    while (list.scrollTop + list.clientHeight < high && waited < 400) {
      const before = list.scrollTop
      list.scrollTop += 1_000
      const now = await new Promise<number>(requestAnimationFrame)
      // What waits for the network is no frame of scrolling.
      if (list.scrollTop > before) frames.push(now - last)
      waited = list.scrollTop > before ? 0 : waited + 1
      last = now
      mostRows = Math.max(mostRows, list.querySelectorAll('li').length)
    }
    frames.sort((a, b) => a - b)
    return {
      calls: Math.round((list.scrollTop + list.clientHeight) / rowHigh),
      mostRows,
      frameP95Ms: frames[Math.floor(frames.length * 0.95)] ?? 0,
      frames: frames.length,
    }
  }, calls)
  const longestTaskMs = await page.evaluate(() => window.noted.longest)
  return { ...seen, longestTaskMs: Math.round(longestTaskMs), frameP95Ms: Math.round(seen.frameP95Ms) }
}

/** How long the slowest press of a deed took until it was seen, in steps of 8 ms; under 16 ms counts as 16. */
export async function timed(page: Page, deed: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    window.noted.events = []
  })
  await deed()
  // The browser tells of a press once what it changed is on the screen.
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 150))))
  return page.evaluate(() => Math.max(16, ...window.noted.events.map(event => event.ms)))
}

/** What a person does in the inbox with the keyboard, each with the time until it was seen. */
export async function useInbox(page: Page): Promise<Record<string, number>> {
  const list = page.getByTestId('calls')
  const took: Record<string, number> = {}
  took.filter = await timed(page, () => page.getByRole('button', { name: 'Messages', exact: true }).click())
  took['filter back'] = await timed(page, () => page.getByRole('button', { name: 'All', exact: true }).click())
  await list.getByRole('link').first().waitFor()
  took['j and k'] = await timed(page, async () => {
    for (const key of ['j', 'j', 'j', 'k', 'j']) await page.keyboard.press(key, { delay: 30 })
  })
  took['open a call'] = await timed(page, () => list.getByRole('link').nth(2).click())
  await page.getByRole('article').first().waitFor()
  took['archive a call'] = await timed(page, () => page.keyboard.press('e'))
  took.undo = await timed(page, () => page.getByRole('button', { name: 'Undo' }).click())
  took['type a search'] = await timed(page, async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('dentist', { delay: 60 })
  })
  await page.keyboard.press('Escape')
  return took
}

/** So long a page is left alone, again and again, until it fetches nothing more by itself. */
const quietMs = 1_500

/** What this browser fetches to run a page that nobody touches, in bytes as gzip sends them. */
export async function weighScripts(page: Page, path: string): Promise<number> {
  const sizes = new Map<string, Promise<number>>()
  page.on('response', response => {
    if (response.request().resourceType() === 'script')
      sizes.set(
        response.url(),
        response.body().then(body => gzipSync(body).length),
      )
  })
  await page.goto(path, { waitUntil: 'load' })
  for (let count = -1; count !== sizes.size; await page.waitForTimeout(quietMs)) count = sizes.size
  return (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
}
