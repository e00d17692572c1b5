import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { checkAsterisk } from '#lib/telephony/config/index.ts'
import { connectTelephony, type Telephony } from '#lib/telephony/index.ts'
import { callItself } from '#lib/telephony/self-call.ts'
import { askSip } from '#lib/telephony/sip-options.ts'
import type { LineEvent } from '#lib/voice/ports.ts'
import { shareOf, tone } from './ear.ts'
import { callQueue, eventually, realClock } from './waiting.ts'
import { startWorld, type World } from './world.ts'

let world: World
let telephony: Telephony
const calls = callQueue()

beforeAll(async () => {
  world = await startWorld()
  telephony = await connectTelephony({
    env: world.env,
    clock: realClock,
    onCall: calls.push,
    media: { vadModule: null },
  })
  await telephony.connected()
})
afterEach(async () => {
  calls.reset()
  await world.people.hangUpAll()
  await eventually(async () => expect(await world.leftovers()).toEqual([]))
})
afterAll(async () => {
  await telephony?.close()
  await world?.close()
})

it.each<['pbx' | 'pbx-info' | 'pbx-inband', string]>([
  ['pbx', 'as telephone events (RFC 4733)'],
  ['pbx-info', 'as SIP INFO'],
  ['pbx-inband', 'as tones in the sound'],
])('hears keys that %s sends %s', async via => {
  const [caller, { line }] = await Promise.all([world.people.call('030555100', { via }), calls.next()])
  const keys: string[] = []
  line.on((event: LineEvent) => {
    if (event.type === 'dtmf') keys.push(event.digit)
  })
  await line.answer()
  await caller.answered
  // tones need sound to flow before they can be told from it
  await caller.ear.quiet({ lastingMs: 300 })
  // a busy machine may swallow a tone, as a busy person would
  for (const key of ['1', '5', '#']) {
    await eventually(async () => {
      await caller.press(key)
      await eventually(() => expect(keys).toContain(key), 1_500)
    })
  }
  await line.hangUp('normal')
})

it.each([
  ['+4930555100', '+4930555100'],
  ['030555100', '030555100'],
  ['7', '7'],
  ['account.name', 'accountname'],
  // a trunk that sends every call to one name says the number in the To header, which is the name here
  ['s', 's'],
])('is told that %s was called', async (dialled, called) => {
  const [, call] = await Promise.all([world.people.call(dialled), calls.next()])
  expect(call.calledNumber).toBe(called)
  await call.line.hangUp('busy')
})

it.each([
  ['anonymous', '', 'anonymous'],
  ['', '', 'anonymous'],
  ['+49305551', `A "quoted" <name>; drop table`, '+49305551'],
  ['9'.repeat(250), 'long', '9'.repeat(250)],
  ['+4930555100', 'pretends to be ourselves', '+4930555100'],
])('takes a call from %j', async (from, name, number) => {
  const [, call] = await Promise.all([world.people.call('030555100', { from, name }), calls.next()])
  expect(call.callerNumber.slice(0, 70)).toBe(number.slice(0, 70))
  await call.line.answer()
  await call.line.hangUp('normal')
})

it('reaches the assistant from a telephone of the house with *1', async () => {
  const [caller, call] = await Promise.all([world.people.call('*1', { via: 'as-100' }), calls.next()])
  expect(call).toMatchObject({ callerNumber: '100', calledNumber: 's' })
  await call.line.answer()
  await caller.answered
  await call.line.hangUp('normal')
})

it('sends emergency numbers of a telephone straight to the trunk', async () => {
  const caller = await world.people.call('112', { via: 'as-100' })
  const service = await world.people.incoming('112')
  await service.answer()
  await caller.answered
  await caller.hangUp()
  await service.ended
})

it('goes on after the caller has put it on hold', async () => {
  const [caller, { line }] = await Promise.all([world.people.call('030555100'), calls.next()])
  await line.answer()
  await caller.answered
  await caller.hold(true)
  await new Promise(resolve => setTimeout(resolve, 600))
  await caller.hold(false)
  const fromMs = performance.now()
  line.play(1, tone(440, 1_500), 'Hello.')
  const heardMs = await caller.ear.sound({ fromMs })
  expect(shareOf(await caller.ear.listen(heardMs, 500), 440)).toBeGreaterThan(0.6)
  await line.hangUp('normal')
})

it('survives a hundred keys in a row', async () => {
  const [caller, { line }] = await Promise.all([world.people.call('030555100'), calls.next()])
  let keys = 0
  line.on(event => {
    if (event.type === 'dtmf') keys++
  })
  await line.answer()
  await caller.answered
  await caller.press('0123456789'.repeat(3))
  await eventually(() => expect(keys).toBeGreaterThan(25), 20_000)
  await line.hangUp('normal')
})

it('gives a caller whom it cannot serve to the fallback', async () => {
  const [caller, { line }] = await Promise.all([world.people.call('030555100'), calls.next()])
  await line.answer()
  await caller.answered
  await line.release()
  const fromMs = performance.now()
  await caller.ear.sound({ fromMs, timeoutMs: 6_000 })
  expect(caller.hasEnded).toBe(false)
})

it('lets a call that a person has taken outlive the limit for the assistant', async () => {
  const [caller, { line }] = await Promise.all([world.people.call('030555100'), calls.next()])
  await line.answer()
  await world.eye.call('POST /channels/{channelId}/variable', {
    channelId: line.channelId,
    variable: 'TIMEOUT(absolute)',
    value: '4',
  })
  const dialled = line.dial('100', { timeoutMs: 5_000, callerName: 'A', signal: new AbortController().signal })
  const owner = await world.people.incoming('100')
  await owner.answer()
  const { leg } = await dialled
  void leg!.join()
  await eventually(async () => expect(await world.talking()).toBe(1))
  await new Promise(resolve => setTimeout(resolve, 6_000))
  expect([caller.hasEnded, owner.hasEnded]).toEqual([false, false])
  await caller.hangUp()
  await owner.ended
})

it('is found complete by the check, answers OPTIONS, and calls itself', async () => {
  const findings = await checkAsterisk(world.env)
  expect(findings.filter(({ isFine }) => isFine === false)).toEqual([])
  expect(findings.map(({ what }) => what)).toEqual(expect.arrayContaining(['Asterisk', 'Modules', 'Sound', 'Dialplan']))
  expect(await askSip('127.0.0.1', world.sipPort)).toMatch(/^SIP\/2\.0 \d{3}/)
  const { transport, loopMs } = await callItself(world.env)
  expect(transport).toBe('websocket')
  expect(loopMs).toBeLessThan(3_000)
})

it('says what is wrong when Asterisk refuses the password or is not there', async () => {
  const wrong = await checkAsterisk({ ...world.env, ASTERISK_PASSWORD: 'another-password' })
  expect(wrong).toEqual([expect.objectContaining({ isFine: false, say: expect.stringMatching(/ASTERISK_PASSWORD/) })])
  const gone = await checkAsterisk({ ...world.env, ASTERISK_ARI_URL: 'http://127.0.0.1:8239' })
  expect(gone).toEqual([expect.objectContaining({ isFine: false, say: expect.stringMatching(/Nothing answers/) })])
})
