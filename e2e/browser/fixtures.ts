import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { other, owner } from '../seed/seed.ts'
import { type Service, startService } from './service.ts'

type Fixtures = {
  /** Signed in as Maria, whose household is full of calls. */
  maria: Page
  /** Signed in as Jonas, in a context of his own. */
  jonas: Page
  /** Whatever a page complained about; a test that expects complaints empties it. */
  complaints: string[]
}
type WorkerFixtures = { service: Service; emptyService: Service }

/** The back door: the sign-in that the form would do. */
export async function signIn(page: Page, url: string, who: { username: string; password: string }) {
  const answer = await page.request.post(`${url}/api/v1/sign-in`, {
    data: { username: who.username, password: who.password },
    headers: { origin: url },
  })
  expect(answer.status()).toBe(200)
}

const isNoise = (text: string) => /favicon|Failed to load resource/.test(text)

export const test = base.extend<Fixtures, WorkerFixtures>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of this pattern
    async ({}, use) => {
      const service = await startService({ isSeeded: true, withLive: false })
      await use(service)
      await service.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  emptyService: [
    // biome-ignore lint/correctness/noEmptyPattern: see above
    async ({}, use) => {
      const service = await startService({ isSeeded: false })
      await use(service)
      await service.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ service }, use) => use(service.url),
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = []
      context.on('console', message => {
        if (message.type() === 'error' && !isNoise(message.text())) complaints.push(message.text())
      })
      context.on('weberror', error => complaints.push(error.error().message))
      context.on('dialog', dialog => {
        complaints.push(`a dialog opened: ${dialog.message()}`)
        void dialog.dismiss()
      })
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
  maria: async ({ page, service }, use) => {
    await signIn(page, service.url, owner)
    await use(page)
  },
  jonas: async ({ browser, service, contextOptions }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: service.url })
    const page = await context.newPage()
    await signIn(page, service.url, other)
    await use(page)
    await context.close()
  },
})

/** axe finds nothing: WCAG 2.2 AA and its best practices. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(node => node.html)
          .slice(0, 3)
          .join(' | ')}`,
    ),
  ).toEqual([])
}

/** Opens a page and waits until it hears what goes on: from then on it is alive, not only painted. */
export async function openAlive(page: Page, path: string) {
  const stream = page.waitForResponse(response => new URL(response.url()).pathname === '/api/v1/events')
  await page.goto(path)
  expect((await stream).status()).toBe(200)
}

export const isPhone = (page: Page) => (page.viewportSize()?.width ?? 1440) < 1024

export { expect, other, owner }
