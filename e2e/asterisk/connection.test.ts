import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { connectTelephony, type Telephony } from '#lib/telephony/index.ts'
import type { LineEvent } from '#lib/voice/ports.ts'
import { tone } from './ear.ts'
import { startProxy, type Wire } from './proxy.ts'
import { callQueue, eventually, realClock } from './waiting.ts'
import { startWorld, type World } from './world.ts'

let world: World
let proxy: Wire
let telephony: Telephony
let calls: ReturnType<typeof callQueue>
const signal = new AbortController().signal

beforeAll(async () => {
  world = await startWorld({ index: 4 })
})
afterAll(() => world?.close())
beforeEach(async () => {
  proxy = await startProxy(world.pbx.ariUrl)
  calls = callQueue()
  telephony = await connect()
})
afterEach(async () => {
  await world.people.hangUpAll()
  await eventually(async () => expect(await world.leftovers()).toEqual([]), 20_000)
  await telephony.close()
  await proxy.end()
})

async function connect(): Promise<Telephony> {
  const made = await connectTelephony({
    env: { ...world.env, ASTERISK_ARI_URL: proxy.url },
    clock: realClock,
    onCall: calls.push,
    media: { vadModule: null },
  })
  await made.connected()
  return made
}

async function answered() {
  const [caller, { line }] = await Promise.all([world.people.call('030555100'), calls.next()])
  const events: LineEvent[] = []
  line.on(event => events.push(event))
  await line.answer()
  await caller.answered
  return { caller, line, events }
}

it('goes on talking while the event connection is cut, and hears keys again afterwards', async () => {
  const { caller, line, events } = await answered()
  line.play(1, tone(440, 5_000), 'A long sentence.')
  await caller.ear.sound()
  const cutMs = performance.now()
  proxy.cut('events')
  await eventually(() => expect(telephony.status().isConnected).toBe(true))
  await eventually(() => expect(events.some(event => event.type === 'playback_finished')).toBe(true))
  expect(caller.ear.longestSilenceMs(cutMs, cutMs + 3_000)).toBeLessThan(1_000)
  await eventually(async () => {
    await caller.press('5')
    expect(events.some(event => event.type === 'dtmf')).toBe(true)
  })
  expect(events.some(event => event.type === 'hung_up')).toBe(false)
  await line.hangUp('normal')
})

it('learns afterwards that the caller hung up while it was not connected', async () => {
  const { caller, line, events } = await answered()
  proxy.close(true)
  await eventually(() => expect(telephony.status().isConnected).toBe(false))
  await caller.hangUp()
  await caller.ended
  proxy.close(false)
  await line.cleared
  expect(events.filter(event => event.type === 'hung_up')).toHaveLength(1)
})

it('hangs up afterwards whom it wanted to hang up while it was not connected', async () => {
  const { caller, line } = await answered()
  proxy.close(true)
  await line.hangUp('normal')
  expect(caller.hasEnded).toBe(false)
  proxy.close(false)
  await caller.ended
})

it('mends a cut media connection without the caller noticing more than a gap', async () => {
  const { caller, line, events } = await answered()
  line.play(1, tone(440, 5_000), 'A long sentence.')
  await caller.ear.sound()
  const cutMs = performance.now()
  proxy.cut('media')
  await caller.ear.sound({ fromMs: cutMs + 600 })
  expect(caller.ear.longestSilenceMs(cutMs, cutMs + 2_000)).toBeLessThan(1_500)
  expect(events.some(event => event.type === 'hung_up' || event.type === 'failed')).toBe(false)
  await line.hangUp('normal')
})

it('leaves two people who talk alone when its connection dies, and frees one when the other hangs up', async () => {
  const { caller, line } = await answered()
  const dialled = line.dial('100', { timeoutMs: 10_000, callerName: 'Anna', signal })
  const owner = await world.people.incoming('100')
  await owner.answer()
  const { leg } = await dialled
  void leg!.join()
  await eventually(() => expect(line.isJoined).toBe(true))
  await new Promise(resolve => setTimeout(resolve, 300))
  // another process takes over, as after a crash
  const before = telephony
  telephony = await connect()
  await eventually(() => expect(before.status().state).toBe('replaced'))
  await new Promise(resolve => setTimeout(resolve, 1_000))
  expect([caller.hasEnded, owner.hasEnded]).toEqual([false, false])
  const fromMs = performance.now()
  await caller.say(tone(300, 600))
  await owner.ear.sound({ fromMs })
  await caller.hangUp()
  await owner.ended
  await before.close()
})

it('takes a call that still rings after its predecessor died', async () => {
  const [caller, first] = await Promise.all([world.people.call('030555100'), calls.next()])
  expect(first.calledNumber).toBe('030555100')
  const before = telephony
  telephony = await connect()
  const again = await calls.next()
  expect(again.id).toBe(first.id)
  expect(again.calledNumber).toBe('030555100')
  await again.line.answer()
  await caller.answered
  await again.line.hangUp('normal')
  await before.close()
})

it('gives new callers to the fallback at once while nobody is connected', async () => {
  await telephony.close()
  const caller = await world.people.call('030555100')
  await caller.answered
  await caller.ear.sound({ timeoutMs: 5_000 })
  await caller.hangUp()
  telephony = await connect()
})

it('connects again after Asterisk was killed and started, and serves the next call', async () => {
  const { line, events } = await answered()
  await world.pbx.stop('kill')
  await eventually(() => expect(telephony.status().isConnected).toBe(false))
  await world.pbx.start()
  await eventually(() => expect(telephony.status().isConnected).toBe(true), 30_000)
  await line.cleared
  expect(events.filter(event => event.type === 'hung_up' || event.type === 'failed')).toHaveLength(1)
  await world.eye.connected()
  const next = await answered()
  next.line.play(1, tone(440, 500), 'Hello.')
  await next.caller.ear.sound()
  await next.line.hangUp('normal')
})
