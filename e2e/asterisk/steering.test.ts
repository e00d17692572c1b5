import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { listCalls, orderCall } from '#lib/calls/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type Recogniser, startRecogniser } from '../recogniser/index.ts'
import { type House, numbers, startHouse } from './house.ts'
import type { Person } from './people.ts'
import { eventually } from './waiting.ts'
import { startWorld, type World } from './world.ts'

/** Calls that run: what the owner orders, and what breaks in the middle. */
let world: World
let house: House
let recogniser: Recogniser
const flite = createFlite()
let serial = 700

beforeAll(async () => {
  ;[world, recogniser] = await Promise.all([startWorld({ index: 3 }), startRecogniser()])
  house = await startHouse(world, { STT_URL: recogniser.url, TTS_VOICE: 'rms' })
})
afterEach(async () => {
  recogniser.misbehave('none')
  await world.people.hangUpAll()
  await eventually(async () => expect(await world.leftovers()).toEqual([]), 20_000)
})
afterAll(async () => {
  await house?.close()
  await Promise.all([recogniser?.close(), world?.close()])
})

async function greeted(): Promise<{ caller: Person; callId: string; heardOutMs: number }> {
  const from = `+49305552${serial++}`
  const caller = await world.people.call(numbers.line, { from })
  await caller.answered
  const soundMs = await caller.ear.sound()
  const heardOutMs = await caller.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
  const callId = await eventually(async () => {
    const { calls } = await listCalls(house.owner, { limit: 1 })
    expect(calls[0]).toMatchObject({ callerNumber: from, status: 'in_progress' })
    return String(calls[0]!.id)
  })
  return { caller, callId, heardOutMs }
}

it('ends the call when the owner orders it', async () => {
  const { caller, callId } = await greeted()
  await orderCall(house.owner, callId, { kind: 'hang_up' })
  await caller.ended
  expect(await house.newestCall()).toMatchObject({ status: 'completed' })
})

it('asks what the owner wants to know', async () => {
  const { caller, callId } = await greeted()
  const orderedMs = performance.now()
  await orderCall(house.owner, callId, { kind: 'ask', text: 'What is your order number?' })
  const soundMs = await caller.ear.sound({ fromMs: orderedMs })
  await caller.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
  expect(await recogniser.transcribe(caller.ear.pcm(orderedMs))).toMatch(/order number|order|number/)
})

it.each(['error', 'garbage', 'hang'] as const)(
  'offers keys or a message when the recogniser fails (%s)',
  async fault => {
    const { caller } = await greeted()
    recogniser.misbehave(fault)
    const saidMs = performance.now()
    await caller.say(flite('Hello, this is John Baker about the invoice.', 'rms'))
    const soundMs = await caller.ear.sound({ fromMs: saidMs + 300, timeoutMs: 25_000 })
    await caller.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
    expect(caller.hasEnded).toBe(false)
    await caller.press('1')
    const promptMs = await caller.ear.sound({ fromMs: performance.now() + 200, timeoutMs: 20_000 })
    await caller.ear.quiet({ fromMs: promptMs, lastingMs: 900 })
    await caller.say(flite('Please call me back.', 'rms'))
    await caller.press('#')
    await caller.hangUp()
    const call = await house.newestCall()
    expect(call.action).toBe('voicemail')
  },
)

it('lets unknown callers ring through after an emergency call left the house', async () => {
  const phone = await world.people.call('112', { via: 'as-100' })
  const service = await world.people.incoming('112')
  await service.answer()
  await phone.answered
  await phone.hangUp()
  await eventually(() => expect(house.log()).toContain('emergency call left'), 20_000)
  const rescue = await world.people.call(numbers.line, { from: '+49305552999' })
  const owner = await world.people.incoming('100')
  expect(rescue.isAnswered).toBe(false)
  await owner.hangUp(21)
  await rescue.hangUp()
})
