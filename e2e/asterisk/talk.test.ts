import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { CommandInput } from '#lib/calls/contract.ts'
import { orderCall } from '#lib/calls/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type Recogniser, startRecogniser } from '../recogniser/index.ts'
import { type House, numbers, startHouse } from './house.ts'
import type { Person } from './people.ts'
import { eventually } from './waiting.ts'
import { startWorld, type World } from './world.ts'

/** What is said, and when: interruptions, silence, numbers, the owner's orders. Asserted on what the caller heard. */
let world: World
let house: House
let recogniser: Recogniser
const flite = createFlite()
let serial = 500
const newcomer = () => ({ from: `+49305552${serial++}` })
const speak = (person: Person, text: string) => person.say(flite(text, 'rms'))

beforeAll(async () => {
  ;[world, recogniser] = await Promise.all([startWorld({ index: 6 }), startRecogniser()])
  house = await startHouse(world, { STT_URL: recogniser.url, TTS_VOICE: 'rms' })
})
afterEach(async () => {
  await world.people.hangUpAll()
  await eventually(async () => expect(await world.leftovers()).toEqual([]), 20_000)
})
afterAll(async () => {
  await house?.close()
  await Promise.all([recogniser?.close(), world?.close()])
})

const wordsHeard = (person: Person, fromMs = 0) => recogniser.transcribe(person.ear.pcm(fromMs))

async function heardOut(person: Person, fromMs = 0): Promise<number> {
  const soundMs = await person.ear.sound({ fromMs, timeoutMs: 25_000 })
  return person.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
}

/** A caller who has heard the greeting and the first question. */
async function greeted(): Promise<Person> {
  const caller = await world.people.call(numbers.line, newcomer())
  await caller.answered
  await heardOut(caller)
  return caller
}

const running = () => house.newestCall(({ status }) => status === 'in_progress', 20_000)

async function order(command: CommandInput): Promise<number> {
  const { callId } = await running()
  const atMs = performance.now()
  await orderCall(house.owner, callId, command)
  return atMs
}

it('falls silent when the caller speaks over it, and takes the words', async () => {
  const caller = await greeted()
  const askedMs = await order({
    kind: 'ask',
    text: 'Could you please tell me everything about it, from the very beginning to the very end, and take your time?',
  })
  await caller.ear.sound({ fromMs: askedMs })
  await new Promise(resolve => setTimeout(resolve, 1_200))
  const spokeMs = performance.now()
  const said = speak(caller, 'Please stop talking now. I have a question about my order.')
  const silentMs = await caller.ear.quiet({ fromMs: spokeMs, lastingMs: 500 })
  expect(silentMs - spokeMs).toBeLessThan(2_500)
  await said
  const call = await house.newestCall(({ turns }) => turns.some(({ cut }) => cut), 20_000)
  expect(call.turns.find(({ cut }) => cut)!.cut).toMatch(/take your time/)
  await caller.hangUp()
})

it('goes on where it stopped after a noise', async () => {
  const caller = await greeted()
  const fromMs = await order({ kind: 'ask', text: 'I would like to know something. What is the number of your order?' })
  await caller.ear.sound({ fromMs })
  const cough = new Int16Array(16_000 * 0.3).map((_, i) => ((i * 7_919) % 20_011) - 10_005)
  await caller.say(cough)
  await heardOut(caller, fromMs)
  const call = await house.newestCall(
    ({ turns }) => turns.some(({ text }) => /number of your order/.test(text)),
    20_000,
  )
  expect(call.turns.find(({ text }) => /number of your order/.test(text))!.cut).toBeNull()
  await caller.hangUp()
})

it('offers to call back on the number that rings, and takes the message after the 1', async () => {
  const from = newcomer()
  const caller = await world.people.call(numbers.line, from)
  await caller.answered
  await heardOut(caller)
  await speak(caller, 'This is Mary. Please call me back about the meeting.')
  const asks = ({ who, text }: { who: string; text: string }) => who === 'assistant' && /call you back/.test(text)
  await house.newestCall(({ turns }) => turns.some(asks), 40_000)
  const pressedMs = performance.now()
  await caller.press('1')
  await caller.ear.quiet({ fromMs: await heardOut(caller, pressedMs), lastingMs: 300 })
  await speak(caller, 'It is about the meeting in the morning.')
  await caller.press('#')
  await caller.ended
  expect(await house.newestCall()).toMatchObject({ action: 'voicemail', callbackNumber: from.from })
})

it('asks a caller who says nothing, twice, and lets them go in the end', async () => {
  const caller = await greeted()
  await caller.ended
  const words = await wordsHeard(caller)
  expect(words).toMatch(/there|hear|message|goodbye/)
  const call = await house.newestCall()
  expect(call.turns.filter(({ who }) => who === 'assistant').length).toBeGreaterThanOrEqual(4)
  expect(call.recordings).toEqual([])
}, 120_000)

it('is taken over by the owner, who is joined without a key', async () => {
  const caller = await greeted()
  const orderedMs = await order({ kind: 'take' })
  const owner = await world.people.incoming('100')
  expect(performance.now() - orderedMs).toBeLessThan(4_000)
  await owner.answer()
  await eventually(async () => {
    const fromMs = performance.now()
    await speak(caller, 'Hello, is that you?')
    await owner.ear.sound({ fromMs, timeoutMs: 1_500 })
  }, 20_000)
  await caller.hangUp()
  await owner.ended
  expect(await house.newestCall()).toMatchObject({ action: 'forward', decidedBy: 'owner' })
})

it('is ended politely when the owner blocks it', async () => {
  const caller = await greeted()
  const fromMs = await order({ kind: 'block' })
  await caller.ended
  expect(await wordsHeard(caller, fromMs)).toMatch(/sorry|put|goodbye|bye/)
  expect(await house.newestCall()).toMatchObject({ action: 'block', decidedBy: 'owner' })
})
