import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallDetailDto } from '#lib/calls/contract.ts'
import { renderTone } from '#lib/telephony/media/tone.ts'
import { toneShare } from '#lib/telephony/testing/goertzel.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type Page, type Somebody, standInRecogniser, startVoice } from './page.ts'
import { endAll } from './service.ts'

/** Two browsers and nothing else: one calls, the other takes the call with its microphone. Who hears whom is measured. */
const [callerHz, ownerHz] = [500, 1_300]
const hum = (hz: number) => renderTone([hz], 4_000, 0.3)
const hears = (page: Page, hz: number) => toneShare(page.lastSecond(), hz, 16_000) > 0.7

let recogniser: Awaited<ReturnType<typeof standInRecogniser>>
let anna: Somebody
let ben: Somebody
beforeAll(async () => {
  recogniser = await standInRecogniser()
  const voice = await startVoice({ STT_URL: recogniser.url })
  ;[anna, ben] = [await voice.signIn('anna'), await voice.signIn('ben')]
})
afterAll(async () => {
  await endAll()
  recogniser.server.close()
})

/** A caller who hums, and the call's row. */
async function calling(): Promise<{ caller: Page; call: CallDetailDto }> {
  const caller = await anna.openPage()
  await caller.until('doing', ({ doing }) => doing === 'Listening')
  const call = await anna.readCall(caller.callId())
  caller.hum(hum(callerHz))
  return { caller, call }
}

async function comes(call: CallDetailDto, who = anna): Promise<Page> {
  const page = await who.openPage({ type: 'take', call: call.id })
  page.hum(hum(ownerHz))
  return page
}

const bothHear = (caller: Page, owner: Page) =>
  expect
    .poll(() => [hears(owner, callerHz), hears(caller, ownerHz)], { timeout: 30_000, interval: 100 })
    .toEqual([true, true])
const isWaiting = (page: Page) =>
  expect.poll(() => page.messages.some(({ type }) => type === 'waiting'), { timeout: 20_000 }).toBe(true)
const untilOver = (call: CallDetailDto) =>
  expect.poll(async () => (await anna.readCall(call.callId)).status, { timeout: 30_000 }).toBe('completed')

test('the owner’s microphone and the caller hear each other, and the owner ends the call', async () => {
  const { caller, call } = await calling()
  const owner = await comes(call)
  await isWaiting(owner)
  expect((await anna.order(call.callId, { kind: 'take', browser: true })).status).toBe(201)
  await bothHear(caller, owner)
  await caller.until('joined')
  owner.hangUp()
  await untilOver(call)
  await caller.closed
  const after = await anna.readCall(call.callId)
  expect(after).toMatchObject({ action: 'forward', decidedBy: 'owner' })
  expect(after.timeline.find(({ kind }) => kind === 'ended')?.data).toMatchObject({ by: 'person' })
})

test('the order may come before the microphone; the caller who hangs up closes the owner’s page', async () => {
  const { caller, call } = await calling()
  await anna.order(call.callId, { kind: 'take', browser: true })
  await caller.until('doing', ({ doing }) => String(doing).startsWith('Waiting'))
  const owner = await comes(call)
  await bothHear(caller, owner)
  caller.hangUp()
  await owner.closed
  expect(owner.endedBecause()).toBe('The call is over.')
  await untilOver(call)
})

test('a tab that is closed in the middle leaves the caller with the assistant', async () => {
  const { caller, call } = await calling()
  const owner = await comes(call)
  await anna.order(call.callId, { kind: 'take', browser: true })
  await bothHear(caller, owner)
  caller.hum(new Int16Array(320))
  owner.closeTab()
  await caller.until('said', ({ text }) => /the connection was lost/.test(String(text)))
  caller.hangUp()
  await untilOver(call)
})

test('a call that is put through rings for the owner’s browser where there is no telephone', async () => {
  const { lines } = (await (await anna.ask('/api/v1/lines')).json()) as { lines: { id: number }[] }
  const destinations = [{ label: 'Anna’s phone', target: '100' }]
  expect((await anna.ask(`/api/v1/lines/${lines[0]!.id}`, { destinations }, 'PATCH')).status).toBe(200)
  const urgent = 'This is Ben. There is a burst pipe in the kitchen, it is an emergency, please put me through.'
  recogniser.hears(urgent)
  const caller = await anna.openPage()
  await caller.until('doing', ({ doing }) => doing === 'Listening')
  caller.say(createFlite()(urgent, 'rms'))
  await caller.until('forwarding', ({ destination, label }) => destination === '100' && label === 'Anna’s phone')
  caller.hum(hum(callerHz))
  const call = await anna.readCall(caller.callId())
  const owner = await comes(call)
  await bothHear(caller, owner)
  owner.hangUp()
  await untilOver(call)
  expect(await anna.readCall(call.callId)).toMatchObject({ action: 'forward', destination: '100' })
})

test('nobody else’s microphone gets near a call, and only one of the owner’s', async () => {
  const { caller, call } = await calling()
  const stranger = await comes(call, ben)
  await stranger.closed
  expect(stranger.endedBecause()).toBe('There is no such call.')
  expect((await ben.order(call.callId, { kind: 'take', browser: true })).status).toBe(404)
  const nowhere = await comes({ ...call, id: 999_999 })
  await nowhere.closed
  const first = await comes(call)
  await isWaiting(first)
  const second = await comes(call)
  await second.closed
  expect(second.endedBecause()).toBe('Somebody is taking this call.')
  await anna.order(call.callId, { kind: 'take', browser: true })
  await bothHear(caller, first)
  const third = await comes(call)
  await third.closed
  expect(third.endedBecause()).toBe('Somebody has taken this call.')
  expect(hears(first, callerHz)).toBe(true)
  caller.hangUp()
  await untilOver(call)
})

test('a message for a call that is none, or no number, closes that page alone', async () => {
  for (const wrong of [{ type: 'take' }, { type: 'take', call: -1 }, { type: 'take', call: '1; DROP TABLE' }]) {
    const page = await anna.openPage(wrong)
    expect(await page.closed).toBe(1007)
  }
})
