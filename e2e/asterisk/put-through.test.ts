import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectTelephony, type IncomingCall, type Telephony } from '#lib/telephony/index.ts'
import { shareOf, tone } from './ear.ts'
import { callQueue, eventually, realClock } from './waiting.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.close())

describe('putting a call through', () => {
  let telephony: Telephony
  let calls: ReturnType<typeof callQueue>
  const signal = new AbortController().signal
  beforeAll(async () => {
    calls = callQueue()
    telephony = await connectTelephony({
      env: world.env,
      clock: realClock,
      onCall: calls.push,
      media: { vadModule: null },
    })
    await telephony.connected()
  })
  afterEach(async () => {
    await world.people.hangUpAll()
    await eventually(async () => expect(await world.leftovers()).toEqual([]))
  })
  afterAll(() => telephony?.close())

  async function ringing(): Promise<[Awaited<ReturnType<World['people']['call']>>, IncomingCall]> {
    return Promise.all([world.people.call('030555100'), calls.next()])
  }
  const dialOptions = { timeoutMs: 10_000, callerName: 'Anna', signal }

  it('rings the phone while the caller hears ringback, whispers, waits for 1 and joins both', async () => {
    const [caller, { line }] = await ringing()
    await line.answer()
    const dialled = line.dial('100', dialOptions)
    const owner = await world.people.incoming('100')
    const ringMs = await caller.ear.sound()
    expect(shareOf(await caller.ear.listen(ringMs, 500), 440)).toBeGreaterThan(0.2)
    await owner.answer()
    const { outcome, leg } = await dialled
    expect(outcome).toBe('answered')
    const key = leg!.key(10_000, signal)
    const said = leg!.say(tone(600, 800), signal)
    const whisperMs = await owner.ear.sound()
    await said
    expect(shareOf(await owner.ear.listen(whisperMs, 562), 600)).toBeGreaterThan(0.7)
    await owner.press('1')
    expect(await key).toBe('1')
    const talk = leg!.join()
    await eventually(() => expect(line.isJoined).toBe(true))
    const joinedMs = performance.now()
    await Promise.all([caller.say(tone(300, 1_000)), owner.say(tone(700, 1_000))])
    const ownerHeard = await owner.ear.sound({ fromMs: joinedMs })
    const callerHeard = await caller.ear.sound({ fromMs: joinedMs })
    expect(shareOf(await owner.ear.listen(ownerHeard, 500), 300)).toBeGreaterThan(0.5)
    expect(shareOf(await caller.ear.listen(callerHeard, 500), 700)).toBeGreaterThan(0.5)
    await owner.hangUp()
    expect(await talk).toMatchObject({ endedBy: 'leg' })
    await line.hangUp('normal')
    await caller.ended
  })

  it.each([
    [17, 'busy'],
    [21, 'declined'],
  ] as const)('comes back to the caller when the phone answers with cause %i', async (cause, outcome) => {
    const [caller, { line }] = await ringing()
    await line.answer()
    const dialled = line.dial('100', dialOptions)
    await (await world.people.incoming('100')).hangUp(cause)
    expect(await dialled).toEqual({ outcome })
    const backMs = performance.now()
    line.play(1, tone(520, 600), 'Nobody is there.')
    const heardMs = await caller.ear.sound({ fromMs: backMs + 100 })
    expect(shareOf(await caller.ear.listen(heardMs, 375), 520)).toBeGreaterThan(0.6)
    await line.hangUp('normal')
  })

  it('comes back when nobody answers in time, and the phone stops ringing', async () => {
    const [, { line }] = await ringing()
    await line.answer()
    const dialled = line.dial('100', { ...dialOptions, timeoutMs: 1_500 })
    const phone = await world.people.incoming('100')
    expect(await dialled).toEqual({ outcome: 'no_answer' })
    await phone.ended
    await line.hangUp('normal')
  })

  it('stops ringing when it is told to, and when the caller gives up', async () => {
    const [caller, { line }] = await ringing()
    await line.answer()
    const abort = new AbortController()
    const dialled = line.dial('100', { ...dialOptions, signal: abort.signal })
    const phone = await world.people.incoming('100')
    abort.abort()
    expect(await dialled).toEqual({ outcome: 'cancelled' })
    await phone.ended

    const again = line.dial('100', dialOptions)
    const phone2 = await world.people.incoming('100')
    await caller.hangUp()
    await phone2.ended
    expect((await again).leg).toBeUndefined()
  })

  it('passes real ringing on before the answer, and the favourite is joined when the owner answers', async () => {
    const [caller, { line }] = await ringing()
    const dialled = line.dial('100', dialOptions)
    const owner = await world.people.incoming('100')
    await eventually(() => expect(caller.hasRung).toBe(true))
    expect(caller.isAnswered).toBe(false)
    await owner.answer()
    const { leg } = await dialled
    expect(caller.isAnswered).toBe(false)
    const talk = leg!.join()
    await caller.answered
    const joinedMs = performance.now()
    await caller.say(tone(300, 800))
    await owner.ear.sound({ fromMs: joinedMs })
    await caller.hangUp()
    expect(await talk).toMatchObject({ endedBy: 'caller' })
    await owner.ended
  })

  it('refuses a blocked caller without answering', async () => {
    const [caller, { line }] = await ringing()
    await line.hangUp('rejected')
    expect(await caller.ended).toBe(21)
    expect(caller.isAnswered).toBe(false)
    const [second, other] = await ringing()
    await other.line.hangUp('busy')
    expect(await second.ended).toBe(17)
  })

  it.each(['100&PJSIP/101', '100@ai-call-phones', '../100', '', '1'.repeat(200), '100,20,g', 'Ä'])(
    'never dials the destination %j',
    async destination => {
      const before = world.people.callsTo('100')
      const [, { line }] = await ringing()
      expect(await line.dial(destination, dialOptions)).toEqual({ outcome: 'failed' })
      expect(world.people.callsTo('100')).toBe(before)
      await line.hangUp('normal')
    },
  )

  it('reaches a number outside through the trunk, and no emergency number on behalf of a caller', async () => {
    const [, { line }] = await ringing()
    await line.answer()
    const dialled = line.dial('+4940123456', dialOptions)
    const mobile = await world.people.incoming('+4940123456')
    await mobile.answer()
    const { outcome, leg } = await dialled
    expect(outcome).toBe('answered')
    await leg!.hangUp()
    await mobile.ended
    expect((await line.dial('112', dialOptions)).outcome).not.toBe('answered')
    expect(world.people.callsTo('112')).toBe(0)
    await line.hangUp('normal')
  })

  it.each([0, 5, 10, 20, 40])('leaves nothing behind when the caller hangs up %i ms into the answer', async delayMs => {
    const [caller, { line }] = await ringing()
    const answering = line.answer().catch(() => {})
    await new Promise(resolve => setTimeout(resolve, delayMs))
    await caller.hangUp()
    await answering
    await line.cleared
    await caller.ended
  })

  it('ends everything when the caller hangs up while the owner listens to the whisper', async () => {
    const [caller, { line }] = await ringing()
    await line.answer()
    const dialled = line.dial('100', dialOptions)
    const owner = await world.people.incoming('100')
    await owner.answer()
    const { leg } = await dialled
    const said = leg!.say(tone(600, 8_000), signal)
    const key = leg!.key(20_000, signal)
    await owner.ear.sound()
    await caller.hangUp()
    await owner.ended
    await said
    expect(await key).toBeNull()
  })
})
