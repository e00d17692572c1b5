import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type Somebody, standInRecogniser, startVoice } from './page.ts'
import { endAll, type Service } from './service.ts'

/** The whole way of a browser's microphone: ticket, pipe, voice process, engines, rows. Only the recogniser is a stand-in. */
const said = 'Hello, this is Anna Becker, I am calling about the invoice for the kitchen.'
let recogniser: Awaited<ReturnType<typeof standInRecogniser>>
let voice: Awaited<ReturnType<typeof startVoice>>
let service: Service
let anna: Somebody

beforeAll(async () => {
  recogniser = await standInRecogniser()
  recogniser.hears(said)
  voice = await startVoice({ STT_URL: recogniser.url })
  service = voice.service
  anna = await voice.signIn('anna')
})
afterAll(async () => {
  await endAll()
  recogniser.server.close()
})

test('a page talks to its own line: heard, decided, steered, written down', async () => {
  const page = await anna.openPage()
  await page.until('doing', ({ doing }) => doing === 'Listening')
  expect(page.loudest()).toBeGreaterThan(1_000)
  page.say(createFlite()(said, 'rms'))
  await page.until('heard', ({ text }) => text === said)
  await page.until('decided')
  await anna.order(page.callId(), { kind: 'ask', text: 'What is your order number?' })
  await page.until('said', ({ text }) => text === 'What is your order number?')
  recogniser.hears('My order number is four five six.')
  page.hangUp()
  await expect.poll(async () => (await anna.readCall(page.callId())).status, { timeout: 20_000 }).toBe('completed')
  const call = await anna.readCall(page.callId())
  expect(call).toMatchObject({ source: 'try', callerName: 'Anna Becker' })
  expect(call.timeline.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['received', 'answered', 'command', 'ended']),
  )
  expect(call.latencyMs).toMatchObject({ answer_to_first_word: expect.any(Number), decision: expect.any(Number) })
})

test('a ticket opens the line once, and only from this page', async () => {
  const page = await anna.openPage()
  const refused = (address: string, origin: string) =>
    new Promise<number>(resolve => {
      const socket = new WebSocket(address, { origin })
      socket.on('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0)
        socket.terminate()
      })
      socket.on('open', () => resolve(101))
      socket.on('error', () => {})
    })
  expect(await refused(page.address, service.url)).toBe(401)
  expect(await refused(await anna.address(), 'https://evil.example')).toBe(403)
  page.socket.close()
})

test('what is not understood closes that page and nobody else’s', async () => {
  const [good, bad] = [await anna.openPage(), await anna.openPage()]
  bad.socket.send('{"type":"nonsense"')
  expect(await bad.closed).toBe(1007)
  await good.until('answered')
  const huge = await anna.openPage()
  huge.socket.send(Buffer.alloc(1_000_000))
  expect([1006, 1009]).toContain(await huge.closed)
  expect(good.socket.readyState).toBe(good.socket.OPEN)
  expect(await voice.isWorking()).toBe(true)
  good.socket.close()
})

test('a sentence can be heard before any telephone exists; a language without a voice says so', async () => {
  const hear = (body: object) => anna.ask('/api/v1/voice/preview', body)
  const answer = await hear({ text: 'Hello, who is calling?', language: 'en' })
  expect(answer.headers.get('content-type')).toBe('audio/wav')
  const wav = Buffer.from(await answer.arrayBuffer())
  expect(wav.subarray(0, 4).toString()).toBe('RIFF')
  expect(wav.length).toBeGreaterThan(20_000)
  const german = await hear({ text: 'Guten Tag', language: 'de' })
  expect(german.status).toBe(422)
  expect(((await german.json()) as { detail: string }).detail).toContain('No voice')
  expect((await hear({ text: '', language: 'en' })).status).toBe(422)
})
