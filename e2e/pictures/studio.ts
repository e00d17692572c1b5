import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { contextOf, launchBrowser } from '../browser/launch.ts'
import { type Service, startService } from '../browser/service.ts'
import { other, owner } from '../seed/seed.ts'
import { bringLetters } from './letters.ts'
import { fileOf, type Picture, type Scheme, type Size, sizes } from './pages.ts'

/** A Wednesday, late in the afternoon: the calls that were told hours ago fall where their stories want them. */
const standsAt = '2026-03-11T16:54:30.000+01:00'
/** The address that the pages show (and paint as a QR code); the browser finds the service behind it. */
const address = 'http://weber.localhost'
const browserName =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'

type Look = { size: Size; scheme: Scheme; language: string }

export type Studio = {
  /** The page as PNG, once it stands still. */
  shoot(picture: Picture, size: Size, scheme: Scheme): Promise<Buffer>
  close(): Promise<void>
}

/** A service whose clock stands still, on data that never change, and a browser that draws alike everywhere. */
export async function openStudio({ language = 'en' }: { language?: 'en' | 'de' } = {}): Promise<Studio> {
  const model = await pretendOllama()
  const service = await startService({
    isSeeded: true,
    standsAt,
    settings: { OLLAMA_HOST: addressOf(model), OLLAMA_MODEL: 'qwen3:4b', ASTERISK_PASSWORD: 'not-asked' },
  })
  const browser = await launchBrowser([`--host-resolver-rules=MAP weber.localhost:80 ${new URL(service.url).host}`])
  const cookies = { owner: await enter(service, owner), newcomer: await enter(service, other), stranger: [] }
  if (language === 'de')
    await Promise.all([speakGerman(service, cookies.owner), speakGerman(service, cookies.newcomer)])
  const contexts = new Map<string, Promise<BrowserContext>>()

  function contextFor(who: Picture['who'], size: Size, scheme: Scheme) {
    const key = [who, size, scheme].join()
    const known = contexts.get(key)
    if (known) return known
    const made = openContext(browser, service.url, { size, scheme, language }).then(async context => {
      await context.addCookies(cookies[who])
      return context
    })
    contexts.set(key, made)
    return made
  }

  return {
    async shoot(picture, size, scheme) {
      const context = await contextFor(picture.who, size, scheme)
      const page = await context.newPage()
      try {
        await forgetReading(service, cookies.owner)
        const { path } = picture
        await page.goto(address + (typeof path === 'string' ? path : path[size]))
        await untilLoaded(page)
        await picture.prepare?.(page)
        if (picture.isWhole === true || picture.isWhole === size) {
          // The first time brings what comes late, the second finds everything in its final size.
          await unfold(page, sizes[size])
          await page.setViewportSize(sizes[size])
          await unfold(page, sizes[size])
        }
        return await untilStill(page)
      } catch (error) {
        throw new Error(`${fileOf(picture.name, size, scheme)} could not be made`, { cause: error })
      } finally {
        await page.close()
      }
    },
    async close() {
      await browser.close()
      await service.stop()
      model.close()
    },
  }
}

async function openContext(browser: Browser, url: string, { size, scheme, language }: Look) {
  const context = await browser.newContext({
    ...contextOf(sizes[size], scheme),
    userAgent: browserName,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    serviceWorkers: 'block',
  })
  await context.clock.setFixedTime(standsAt)
  await bringLetters(context)
  // The free room on this machine's disk is the only thing that the pages show of it.
  await context.route('**/health', async route => {
    const text = await (await fetch(`${url}/health`)).text()
    await route.fulfill({ contentType: 'application/json', body: text.replace(/[\d.]+ GB free/, '48.2 GB free') })
  })
  await context.route('**/api/v1/backups', async route => {
    const cookie = (await route.request().allHeaders()).cookie ?? ''
    const text = await (await fetch(`${url}/api/v1/backups`, { headers: { cookie } })).text()
    await route.fulfill({
      contentType: 'application/json',
      body: text.replace(/"freeBytes":\d+/, '"freeBytes":48213000000'),
    })
  })
  return context
}

async function enter(service: Service, who: { username: string; password: string }) {
  const answer = await fetch(`${service.url}/api/v1/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ username: who.username, password: who.password }),
    headers: { 'content-type': 'application/json', 'user-agent': browserName },
  })
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
  if (!name || !value) throw new Error(`Signing in answered ${answer.status}`)
  return [{ name, value, url: address, httpOnly: true, sameSite: 'Lax' as const }]
}

type Cookies = { name: string; value: string }[]

async function change(service: Service, [cookie]: Cookies, path: string, body: object) {
  const answer = await fetch(service.url + path, {
    method: 'PATCH',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      origin: service.url,
      cookie: `${cookie?.name}=${cookie?.value}`,
    },
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
}

const speakGerman = (service: Service, cookies: Cookies) =>
  change(service, cookies, '/api/v1/account', { language: 'de' })

/** Looking at a call reads it; the next picture finds it as this one did. */
async function forgetReading(service: Service, cookies: Cookies) {
  for (const call of ['seed-1', 'seed-2']) await change(service, cookies, `/api/v1/calls/${call}`, { isRead: false })
}

async function untilLoaded(page: Page): Promise<void> {
  await page.getByRole('main').waitFor()
  await page.waitForFunction(() => !document.querySelector('[data-skeleton]'))
  await page.evaluate(() => document.fonts.ready)
}

/** As high as what scrolls in it, so that the picture has everything; what comes into sight may bring more. */
async function unfold(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  let high = height
  let looksAlike = 0
  for (let looks = 0; looks < 60 && looksAlike < 4; looks++) {
    await untilLoaded(page)
    const missing = await page.evaluate(
      wanted =>
        window.innerHeight === wanted
          ? Math.max(
              0,
              ...[...document.querySelectorAll('main, main *')]
                .filter(each => /auto|scroll/.test(getComputedStyle(each).overflowY))
                .map(each => each.scrollHeight - each.clientHeight),
            )
          : null,
      high,
    )
    looksAlike = missing === 0 ? looksAlike + 1 : 0
    if (missing && high + missing <= 6_000) {
      high += missing
      await page.setViewportSize({ width, height: high })
    }
    await page.waitForTimeout(150)
  }
}

/** Charts grow and lists measure themselves: two looks that are the same are one that will stay. */
async function untilStill(page: Page): Promise<Buffer> {
  let last: Buffer = Buffer.alloc(0)
  for (let looks = 0; looks < 25; looks++) {
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    if (now.equals(last)) return now
    last = now
    await page.waitForTimeout(200)
  }
  throw new Error('the page does not come to rest')
}

const addressOf = (server: Server) => {
  const at = server.address()
  if (typeof at !== 'object' || !at) throw new Error('no address')
  return `http://127.0.0.1:${at.port}`
}

/** What the dashboard asks a model server: which models it has. */
async function pretendOllama(): Promise<Server> {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'application/json')
    answer.end(JSON.stringify({ models: [{ name: 'qwen3:4b', model: 'qwen3:4b', size: 2_620_788_019 }] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
