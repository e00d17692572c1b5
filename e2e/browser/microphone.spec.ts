import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { encodeWav } from '#lib/voice/audio/wav.ts'
import { expectAccessible, signIn } from './fixtures.ts'
import { chromiumArgs, chromiumPath, contextOf, desktop, phone } from './launch.ts'
import { type Service, startService } from './service.ts'

/** The microphone of a real browser: what it hears is a sentence in a file, spoken once the line has greeted. */
const said =
  'Hello, this is Anna Becker. There is a burst pipe in the kitchen, please put me through, it is an emergency.'
const rateHz = 16_000
const nora = { username: 'nora', email: 'nora@example.org', password: 'Quiet-harbour-58' }

let service: Service
let folder: string
let caller: Browser
let owner: Browser
/** The stand-in recogniser: it needs no model, and counts what it was given. */
let heardBytes = 0
const recogniser = createServer((request, response) => {
  request.on('data', (chunk: Buffer) => {
    heardBytes += chunk.length
  })
  request.on('end', () => response.end(JSON.stringify({ text: said })))
})

/** Chromium plays a file as its microphone from the moment that somebody listens. */
async function launch(name: string, seconds: number, fill: (samples: Int16Array) => void): Promise<Browser> {
  const samples = new Int16Array(rateHz * seconds)
  fill(samples)
  const path = join(folder, `${name}.wav`)
  await writeFile(path, encodeWav(samples, rateHz))
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      ...chromiumArgs,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${path}%noloop`,
    ],
  })
}

test.beforeAll(async () => {
  test.setTimeout(180_000)
  recogniser.listen(0, '127.0.0.1')
  await once(recogniser, 'listening')
  const address = recogniser.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  folder = await mkdtemp(join(tmpdir(), 'ai-call-microphone-'))
  const speech = createFlite()(said, 'rms')
  caller = await launch('caller', 60, samples => samples.set(speech, rateHz * 9))
  // words, because the browser takes a tone for noise and removes it
  const answer = createFlite()('Hello Anna, this is Nora, I am on my way to you with the plumber.', 'slt')
  owner = await launch('owner', 60, samples => {
    for (let at = 0; at + answer.length < samples.length; at += answer.length + rateHz / 4) samples.set(answer, at)
  })
  service = await startService({
    isSeeded: false,
    settings: { ROLE: 'all', STT_URL: `http://127.0.0.1:${address.port}` },
  })
  await service.untilVoiceWorks()
  const registered = await fetch(`${service.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(nora),
  })
  expect(registered.status).toBe(200)
})
test.afterAll(async () => {
  await Promise.all([caller?.close(), owner?.close()])
  await service?.stop()
  recogniser.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function open(browser: Browser, path: string, size = desktop, url = service.url): Promise<Page> {
  const context = await browser.newContext({ ...contextOf(size), baseURL: url })
  const page = await context.newPage()
  await signIn(page, url, nora)
  await page.goto(path)
  return page
}

async function startTalking(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Speak instead' }).click()
  await page.getByRole('button', { name: 'Start talking' }).click()
  await expect(page.getByText(/^Connected/)).toBeVisible({ timeout: 20_000 })
}

/** How loud it is now, by the page's own meter: it measures the samples that go to the loudspeaker. */
const level = (page: Page, name: string) =>
  page.getByRole('meter', { name }).evaluate((meter: HTMLMeterElement) => meter.value)
const isHeard = (page: Page, name: string) =>
  expect.poll(() => level(page, name), { timeout: 30_000, intervals: [50] }).toBeGreaterThan(0.05)

test('somebody talks to their own line, hears it, reads along, and finds the call with its sound in the inbox', async () => {
  test.setTimeout(150_000)
  const page = await open(caller, '/try')
  const { lines } = (await (await page.request.get('/api/v1/lines')).json()) as { lines: { id: number }[] }
  await page.request.patch(`/api/v1/lines/${lines[0]!.id}`, {
    data: { isRecording: true, destinations: [{ label: 'Nora’s phone', target: '100' }] },
    headers: { origin: service.url },
  })
  await startTalking(page)
  await isHeard(page, 'The line')
  await isHeard(page, 'Your voice')
  await expect(page.getByText(said).first()).toBeVisible({ timeout: 60_000 })
  expect(heardBytes).toBeGreaterThan(rateHz)
  await expect(page.getByText('Would ring Nora’s phone (100)')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('main').getByText('Put through').first()).toBeVisible()
  for (const stage of [
    'Answer to first word',
    'End of speech noticed',
    'Heard to transcript',
    'Decision',
    'Reply at the ear',
  ])
    await expect(page.getByText(stage, { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Hang up' }).click()
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible()
  await page.goto('/inbox')
  await page.getByTestId('calls').getByRole('link').first().click()
  const article = page.getByRole('article')
  await expect(article.getByText(said).first()).toBeVisible()
  await expect(article.getByRole('button', { name: 'Play' }).first()).toBeVisible({ timeout: 20_000 })
  await page.context().close()
})

test('a call is taken on another device: the two browsers hear each other until one hangs up', async () => {
  test.setTimeout(150_000)
  // somebody who goes on speaking, so that it does not matter when the call is taken
  const speech = createFlite()(said, 'rms')
  const talker = await launch('talker', 120, samples => {
    for (let at = rateHz * 9; at + speech.length < samples.length; at += speech.length + rateHz) samples.set(speech, at)
  })
  const page = await open(talker, '/try')
  await startTalking(page)
  await expect(page.getByText(/Who is calling/).first()).toBeVisible({ timeout: 30_000 })
  const other = await open(owner, '/live', phone)
  const takeHere = other.getByRole('button', { name: 'Take here' })
  await expect(takeHere).toBeVisible({ timeout: 20_000 })
  await expect(other.getByRole('button', { name: 'Take the call' })).toBeHidden()
  await expectAccessible(other)
  await takeHere.click()
  await expect(other.getByText('You are talking with the caller')).toBeVisible({ timeout: 20_000 })
  await isHeard(other, 'Your voice')
  await isHeard(page, 'The line')
  // the sentence of the file, which now a person hears and no recogniser
  await isHeard(other, 'The line')
  await expectAccessible(other)
  // looking at another page is no hanging up
  await other.getByRole('link', { name: 'People' }).first().click()
  await expect(other.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  await other.getByRole('link', { name: 'Live' }).first().click()
  await expect(other.getByText('You are talking with the caller')).toBeVisible()
  await other.getByRole('button', { name: 'Hang up' }).click()
  await expect(other.getByText('Nobody is on the line')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible({ timeout: 20_000 })
  await talker.close()
  await other.context().close()
})

test('who says no to the microphone reads what to do, and nothing was ordered', async () => {
  test.setTimeout(120_000)
  const deaf = await chromium.launch({
    executablePath: chromiumPath,
    args: [...chromiumArgs, '--use-fake-device-for-media-stream', '--deny-permission-prompts'],
  })
  const page = await open(deaf, '/try')
  await page.getByRole('button', { name: 'Speak instead' }).click()
  await page.getByRole('button', { name: 'Start talking' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Allow it in the browser' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible()

  const calling = await open(caller, '/try')
  await startTalking(calling)
  await page.goto('/live')
  await page.getByRole('button', { name: 'Take here' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Allow it in the browser' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Take here' })).toBeEnabled()
  await calling.getByRole('button', { name: 'Hang up' }).click()
  await calling.context().close()
  await deaf.close()
})

test('a page without https cannot hear: it says so, and offers nothing that would fail', async () => {
  test.setTimeout(120_000)
  const plain = await chromium.launch({
    executablePath: chromiumPath,
    args: [...chromiumArgs, '--host-resolver-rules=MAP house.test 127.0.0.1', '--use-fake-device-for-media-stream'],
  })
  const url = service.url.replace('localhost', 'house.test')
  const context = await plain.newContext({ ...contextOf(desktop), baseURL: url })
  const page = await context.newPage()
  await page.goto('/login')
  await page.getByLabel(/^Username/).fill(nora.username)
  await page.getByLabel('Password', { exact: true }).fill(nora.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/inbox/, { timeout: 20_000 })
  await page.goto('/try')
  await page.getByRole('button', { name: 'Speak instead' }).click()
  await expect(page.getByText('The microphone works on https or localhost only.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeHidden()

  const calling = await open(caller, '/try')
  await startTalking(calling)
  await page.goto('/live')
  await expect(page.getByRole('button', { name: 'Voicemail' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Take here' })).toBeHidden()
  await calling.getByRole('button', { name: 'Hang up' }).click()
  await calling.context().close()
  await plain.close()
})
