import { test as base, expect, owner, signIn } from './fixtures.ts'
import { contextOf, desktop, phone } from './launch.ts'
import { type Service, startService } from './service.ts'
import { openSlowly, paintsOf, type SlowPage, scrollThrough, useInbox } from './speed.ts'

// Everything here is tried on a phone four times slower than this machine. Noise only ever makes slower, so a few tries
// are allowed and the best one counts; `npm run bench:screens` writes down what each of them measured.

type Slow = { slowly(size: typeof phone, run: (slow: SlowPage) => Promise<void>): Promise<void> }

const test = base.extend<Slow, { many: Service }>({
  many: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of this pattern
    async ({}, use) => {
      const service = await startService({ isSeeded: true, withLive: false, calls: 10_000 })
      await use(service)
      await service.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  slowly: async ({ browser, many }, use) => {
    await use(async (size, run) => {
      const slow = await openSlowly(browser, { ...contextOf(size), baseURL: many.url })
      try {
        await signIn(slow.page, many.url, owner)
        await run(slow)
      } finally {
        await slow.close()
      }
    })
  },
})

const tries = { intervals: [0], timeout: 150_000 }

test('the list of calls is painted within a second on a slow phone', async ({ slowly }) => {
  test.setTimeout(180_000)
  await expect(async () => {
    await slowly(phone, async ({ page }) => {
      await page.goto('/inbox')
      const { listMs } = await paintsOf(page)
      expect(listMs).toBeLessThan(1_000)
    })
  }).toPass(tries)
})

test('ten thousand calls scroll without a stutter, with few rows in the page', async ({ slowly }) => {
  test.setTimeout(180_000)
  await expect(async () => {
    await slowly(phone, async ({ page }) => {
      await page.goto('/inbox')
      await page.getByTestId('calls').getByRole('link').first().waitFor()
      const { calls, mostRows, longestTaskMs } = await scrollThrough(page, 10_000)
      expect(calls).toBeGreaterThanOrEqual(9_990)
      expect(mostRows).toBeLessThan(60)
      // More than a screen a frame is faster than any finger, so what is allowed is more than a press may take.
      expect(longestTaskMs).toBeLessThan(400)
    })
  }).toPass(tries)
})

test('whatever one does in the inbox is seen within a fifth of a second', async ({ slowly }) => {
  test.setTimeout(180_000)
  await expect(async () => {
    await slowly(desktop, async ({ page }) => {
      await page.goto('/inbox')
      await page.getByTestId('calls').getByRole('link').first().waitFor()
      await page.waitForRequest(/\/api\/v1\/events/)
      const slow = Object.entries(await useInbox(page)).filter(([, ms]) => ms >= 200)
      expect(slow).toEqual([])
    })
  }).toPass(tries)
})
