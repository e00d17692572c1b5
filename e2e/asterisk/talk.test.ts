import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { CommandInput } from '#lib/calls/contract.ts'
import { orderCall } from '#lib/calls/index.ts'
import { type Recogniser, startRecogniser } from '../recogniser/index.ts'
import { type House, numbers, startHouse } from './house.ts'
import type { Person } from './people.ts'
import { createTalking, heardOut, leaveMessage, speak } from './talking.ts'
import { eventually } from './waiting.ts'
import { startWorld, type World } from './world.ts'

/** What is said, and when: interruptions, numbers, the owner's orders. Asserted on what the caller heard. */
let world: World
let house: House
let recogniser: Recogniser
let talking: ReturnType<typeof createTalking>
let serial = 500
const newcomer = () => ({ from: `+49305552${serial++}` })

beforeAll(async () => {
  ;[world, recogniser] = await Promise.all([startWorld({ index: 6 }), startRecogniser()])
  house = await startHouse(world, { STT_URL: recogniser.url, TTS_VOICE: 'rms' })
  talking = createTalking(house, recogniser)
})
afterEach(async () => {
  await world.people.hangUpAll()
  await eventually(async () => expect(await world.leftovers()).toEqual([]), 60_000)
})
afterAll(async () => {
  await house?.close()
  await Promise.all([recogniser?.close(), world?.close()])
})

/** A caller who has heard the greeting and the first question. */
async function greeted(from = newcomer()): Promise<Person> {
  const caller = await world.people.call(numbers.line, from)
  await caller.answered
  await talking.untilDoing(/Listening/)
  await heardOut(caller)
  return caller
}

const running = () => house.newestCall(({ status }) => status === 'in_progress', 60_000)

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
    text: 'Could you please tell me everything about it, from the very beginning to the very end? I would like to know what it is about, who has asked for it, when it has to be there, and how it shall be paid. Nobody is waiting for us, so please take your time.',
  })
  await caller.ear.sound({ fromMs: askedMs, timeoutMs: 60_000 })
  await new Promise(resolve => setTimeout(resolve, 1_200))
  const spokeMs = performance.now()
  const said = speak(caller, 'Please stop talking now. I have a question about my order.')
  await caller.ear.quiet({ fromMs: spokeMs, lastingMs: 500 })
  await said
  const call = await talking.until(({ turns }) => turns.some(({ cut }) => cut))
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
  const call = await talking.until(({ turns }) => turns.some(({ text }) => /number of your order/.test(text)))
  expect(call.turns.find(({ text }) => /number of your order/.test(text))!.cut).toBeNull()
  await caller.hangUp()
})

it('offers to call back on the number that rings, and takes the message after the 1', async () => {
  const from = newcomer()
  const caller = await greeted(from)
  const asks = ({ who, text }: { who: string; text: string }) => who === 'assistant' && /call you back/.test(text)
  await talking.tell(caller, 'This is Mary. Please call me back about the meeting.', ({ turns }) => turns.some(asks))
  const pressedMs = performance.now()
  await caller.press('1')
  await leaveMessage(caller, 'It is about the meeting in the morning.', pressedMs)
  await caller.ended
  expect(await house.newestCall()).toMatchObject({ action: 'voicemail', callbackNumber: from.from })
})

it('is taken over by the owner, who is joined without a key', async () => {
  const caller = await greeted()
  await order({ kind: 'take' })
  const owner = await world.people.incoming('100', 60_000)
  await owner.answer()
  await eventually(async () => {
    const fromMs = performance.now()
    await speak(caller, 'Hello, is that you?')
    await owner.ear.sound({ fromMs, timeoutMs: 3_000 })
  }, 60_000)
  await caller.hangUp()
  await owner.ended
  expect(await house.newestCall()).toMatchObject({ action: 'forward', decidedBy: 'owner' })
})

it('is ended politely when the owner blocks it', async () => {
  const caller = await greeted()
  const fromMs = await order({ kind: 'block' })
  await caller.ended
  expect(await talking.wordsHeard(caller, fromMs)).toMatch(/sorry|put|goodbye|bye/)
  expect(await house.newestCall()).toMatchObject({ action: 'block', decidedBy: 'owner' })
})
