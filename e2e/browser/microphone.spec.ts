import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, test } from '@playwright/test'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { encodeWav } from '#lib/voice/audio/wav.ts'
import { signIn } from './fixtures.ts'
import { chromiumArgs, chromiumPath, contextOf, desktop } from './launch.ts'
import { type Service, startService } from './service.ts'

const said = 'Hello, this is Anna Becker, I am calling about the invoice for the kitchen.'
const rateHz = 16_000
const caller = { username: 'nora', email: 'nora@example.org', password: 'Quiet-harbour-58' }

let service: Service
let browser: Browser
let folder: string
/** The stand-in recogniser: it needs no model, and counts what it was given. */
let heardBytes = 0
const recogniser = createServer((request, response) => {
  request.on('data', (chunk: Buffer) => {
    heardBytes += chunk.length
  })
  request.on('end', () => response.end(JSON.stringify({ text: said })))
})

/** The sentence after the greeting, then silence, as Chromium's microphone hears it once. */
async function writeCaller(path: string): Promise<void> {
  const speech = createFlite()(said, 'rms')
  const samples = new Int16Array(rateHz * 40)
  samples.set(speech, rateHz * 9)
  await writeFile(path, encodeWav(samples, rateHz))
}

test.beforeAll(async () => {
  test.setTimeout(150_000)
  recogniser.listen(0, '127.0.0.1')
  await once(recogniser, 'listening')
  const address = recogniser.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  folder = await mkdtemp(join(tmpdir(), 'ai-call-microphone-'))
  await writeCaller(join(folder, 'caller.wav'))
  service = await startService({
    isSeeded: false,
    settings: { ROLE: 'all', STT_URL: `http://127.0.0.1:${address.port}` },
  })
  await service.untilVoiceWorks()
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      ...chromiumArgs,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${join(folder, 'caller.wav')}%noloop`,
    ],
  })
})
test.afterAll(async () => {
  await browser?.close()
  await service?.stop()
  recogniser.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

test('somebody talks to their own line in the browser, reads along, and finds the call in the inbox', async () => {
  test.setTimeout(120_000)
  const registered = await fetch(`${service.url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(caller),
  })
  expect(registered.status).toBe(200)
  const context = await browser.newContext({ ...contextOf(desktop), baseURL: service.url })
  const page = await context.newPage()
  await signIn(page, service.url, caller)
  await page.goto('/try')
  await page.getByRole('button', { name: 'Speak instead' }).click()
  await page.getByRole('button', { name: 'Start talking' }).click()
  await expect(page.getByText(/^Connected/)).toBeVisible()
  await expect(page.getByText(said).first()).toBeVisible({ timeout: 60_000 })
  expect(heardBytes).toBeGreaterThan(rateHz)
  await page.getByRole('button', { name: 'Hang up' }).click()
  await expect(page.getByRole('button', { name: 'Start talking' })).toBeVisible()
  await page.goto('/inbox')
  await page.getByTestId('calls').getByRole('link').first().click()
  await expect(page.getByRole('article').getByText(said).first()).toBeVisible()
  await context.close()
})
