import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { listCalls } from '#lib/calls/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type House, numbers, startHouse } from './house.ts'
import type { Person } from './people.ts'
import { eventually } from './waiting.ts'
import { startWorld, type World } from './world.ts'

/** The voice process without ears (keys and voicemail), on bad days. */
let world: World
let house: House
const flite = createFlite()
let serial = 300
/** Everybody calls for the first time: a second call within minutes would ring through. */
const newcomer = () => ({ from: `+49305551${serial++}` })

beforeAll(async () => {
  world = await startWorld({ index: 1 })
  house = await startHouse(world, { MAX_CONVERSATIONS: '2' })
})
afterEach(async () => {
  await world.people.hangUpAll()
  await eventually(async () => expect(await world.leftovers()).toEqual([]), 20_000)
})
afterAll(async () => {
  await house?.close()
  await world?.close()
})

async function greeted(): Promise<Person> {
  const caller = await world.people.call(numbers.line, newcomer())
  await caller.answered
  await caller.ear.sound()
  return caller
}

/** A caller whom the owner has taken: both talk. */
async function taken(): Promise<{ caller: Person; owner: Person }> {
  const caller = await greeted()
  await caller.ear.quiet({ lastingMs: 700 })
  await caller.press('0')
  const owner = await world.people.incoming('100')
  await owner.answer()
  const introducedMs = await owner.ear.sound()
  await owner.ear.quiet({ fromMs: introducedMs, lastingMs: 700 })
  await owner.press('1')
  await eventually(async () => expect(await world.talking()).toBe(1), 20_000)
  await theyHearEachOther(caller, owner)
  return { caller, owner }
}

async function theyHearEachOther(caller: Person, owner: Person): Promise<void> {
  const fromMs = performance.now()
  await caller.say(flite('I am still here.', 'rms'))
  await owner.ear.sound({ fromMs })
}

it('serves twenty callers at once, and none of them waits in silence', async () => {
  const callers = await Promise.all(Array.from({ length: 20 }, () => world.people.call(numbers.line, newcomer())))
  await Promise.all(callers.map(caller => caller.answered))
  await Promise.all(callers.map(caller => caller.ear.sound({ timeoutMs: 20_000 })))
  await Promise.all(callers.map(caller => caller.hangUp()))
  await Promise.all(callers.map(caller => caller.ended))
  await eventually(async () => {
    const { calls } = await listCalls(house.owner, { limit: 50, status: 'in_progress' })
    expect(calls).toEqual([])
  }, 20_000)
})

it('leaves nothing behind after thirty calls, whenever the caller hangs up', async () => {
  for (let round = 0; round < 30; round++) {
    const caller = await world.people.call(numbers.line, newcomer())
    await caller.answered
    await new Promise(resolve => setTimeout(resolve, (round % 10) * 60))
    await caller.hangUp()
    await caller.ended
  }
  await eventually(async () => expect(await world.leftovers()).toEqual([]))
  const sockets = await world.pbx.console('pjsip show channelstats')
  expect(sockets).not.toMatch(/ai-call-trunk/)
})

it('lets two people talk on while the voice process is killed and started again', async () => {
  const { caller, owner } = await taken()
  await house.stopAgent('SIGKILL')
  await theyHearEachOther(caller, owner)
  await house.startAgent()
  await theyHearEachOther(caller, owner)
  await caller.hangUp()
  await owner.ended
})

it('gives a caller to the fallback when the voice process is killed, and the message gets into the inbox', async () => {
  const caller = await greeted()
  await house.stopAgent('SIGKILL')
  const killedMs = performance.now()
  const started = house.startAgent()
  const fallbackMs = await caller.ear.sound({ fromMs: killedMs + 200, timeoutMs: 15_000 })
  await caller.ear.quiet({ fromMs: fallbackMs, lastingMs: 1_000 })
  await caller.say(flite('Please call me back when your machine is well again.', 'rms'))
  await caller.press('#')
  await caller.ended
  await started
  await house.stopAgent()
  await house.startAgent()
  await house.newestCall(call => call.action === 'voicemail' && call.recordings.length > 0)
})

it('moves callers of a voice process that hangs to the fallback, and leaves calls that people have taken alone', async () => {
  const { caller, owner } = await taken()
  const waiting = await greeted()
  const { releaseCalls } = await import('#lib/telephony/release.ts')
  house.agent.kill('SIGSTOP')
  try {
    const stoppedMs = performance.now()
    expect(await releaseCalls(world.env)).toEqual({ released: 1, talking: 1 })
    await waiting.ear.sound({ fromMs: stoppedMs + 300, timeoutMs: 5_000 })
    await theyHearEachOther(caller, owner)
  } finally {
    house.agent.kill('SIGCONT')
  }
  await Promise.all([waiting.hangUp(), owner.hangUp()])
  await Promise.all([waiting.ended, caller.ended])
})

it('is there again after Asterisk was killed', async () => {
  await greeted()
  await world.pbx.stop('kill')
  await world.pbx.start()
  await world.people.hangUpAll()
  await eventually(async () => {
    const caller = await world.people.call(numbers.line, newcomer())
    await caller.answered
    await caller.hangUp()
    const { calls } = await listCalls(house.owner, { limit: 1 })
    expect(calls[0]).toMatchObject({ callerNumber: `+49305551${serial - 1}` })
  }, 40_000)
})
