import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listCalls, orderCall } from '#lib/calls/index.ts'
import { changeLine, listLines } from '#lib/lines/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { decodeWav } from '#lib/voice/audio/wav.ts'
import { rateHz } from '#lib/voice/ports.ts'
import { type Recogniser, startRecogniser } from '../recogniser/index.ts'
import { type Browser, comeByBrowser } from './browser.ts'
import { shareOf, tone } from './ear.ts'
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

describe('taken with the microphone of a browser', () => {
  const [callerHz, ownerHz] = [500, 1_300]
  const hum = (hz: number, ms = 4_000) => tone(hz, ms)
  /** How much of what was heard in the last second is this tone. */
  const share = (ear: Person['ear'], hz: number) => shareOf(ear.pcm(performance.now() - 1_000), hz)

  async function newestRecording(): Promise<string> {
    const folder = join(house.folder, 'recordings')
    const names = (await readdir(folder, { recursive: true })).filter(name => name.endsWith('.wav'))
    const files = await Promise.all(
      names.map(async name => ({ path: join(folder, name), atMs: (await stat(join(folder, name))).mtimeMs })),
    )
    return files.sort((a, b) => b.atMs - a.atMs)[0]!.path
  }

  async function taken(): Promise<{ caller: Person; owner: Browser; callId: string }> {
    const { caller, callId } = await greeted()
    const owner = await comeByBrowser(house, Number(callId), hum(ownerHz))
    await eventually(() => expect(owner.messages).toContainEqual({ type: 'waiting' }))
    await orderCall(house.owner, callId, { kind: 'take', browser: true })
    return { caller, owner, callId }
  }

  async function talk(caller: Person, owner: Browser): Promise<void> {
    await eventually(async () => {
      void caller.say(hum(callerHz, 2_500))
      await new Promise(resolve => setTimeout(resolve, 1_800))
      expect([share(owner.ear, callerHz) > 0.6, share(caller.ear, ownerHz) > 0.6]).toEqual([true, true])
    }, 30_000)
  }

  it('caller and owner hear each other through Asterisk, both sides are recorded, and the owner ends the call', async () => {
    const [line] = await listLines(house.owner)
    await changeLine(house.owner, line!.id, { isRecording: true })
    const rung = world.people.callsTo('100')
    const { caller, owner } = await taken()
    await talk(caller, owner)
    expect(share(caller.ear, callerHz)).toBeLessThan(0.1)
    expect(share(owner.ear, ownerHz)).toBeLessThan(0.1)
    expect(world.people.callsTo('100')).toBe(rung)
    owner.hangUp()
    await caller.ended
    await changeLine(house.owner, line!.id, { isRecording: false })
    const call = await house.newestCall()
    expect(call).toMatchObject({ action: 'forward', decidedBy: 'owner' })
    const recording = call.recordings.find(({ kind }) => kind === 'call')!
    expect(recording).toMatchObject({ status: 'stored' })
    const { channels, samples } = decodeWav(await readFile(await newestRecording()))
    expect(channels).toBe(2)
    const right = samples.filter((_, i) => i % 2 === 1).slice(-rateHz * 2, -rateHz / 2)
    expect(shareOf(right, ownerHz)).toBeGreaterThan(0.5)
  })

  it('the caller who hangs up closes the owner’s line', async () => {
    const { caller, owner } = await taken()
    await talk(caller, owner)
    await caller.hangUp()
    await owner.closed
    expect(owner.messages.at(-1)).toMatchObject({ type: 'ended' })
    expect(await house.newestCall()).toMatchObject({ action: 'forward' })
  })

  it('an owner whose network breaks leaves the caller with the assistant, not with silence', async () => {
    const { caller, owner } = await taken()
    await talk(caller, owner)
    owner.vanish()
    const lostMs = performance.now()
    const soundMs = await caller.ear.sound({ fromMs: lostMs + 400, timeoutMs: 20_000 })
    await caller.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
    expect(caller.hasEnded).toBe(false)
    const heard = caller.ear.pcm(lostMs + 300)
    await caller.hangUp()
    expect(await recogniser.transcribe(heard)).toMatch(/connection|lost|message|tone/)
    await house.newestCall()
  })

  it('a voice process that dies in the middle does not leave the caller in silence', async () => {
    const { caller, owner } = await taken()
    await talk(caller, owner)
    await house.stopAgent('SIGKILL')
    await house.startAgent()
    await caller.ear.sound({ fromMs: performance.now(), timeoutMs: 30_000 })
    await caller.hangUp()
  })
})

// The last one: after it everybody rings through.
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
