import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Recogniser, startRecogniser } from '../recogniser/index.ts'
import { type House, numbers, startHouse } from './house.ts'
import { createTalking, heardOut, leaveMessage, speak } from './talking.ts'
import { eventually } from './waiting.ts'
import { startWorld, type World } from './world.ts'

let world: World
let house: House
let recogniser: Recogniser
let talking: ReturnType<typeof createTalking>

beforeAll(async () => {
  ;[world, recogniser] = await Promise.all([startWorld(), startRecogniser()])
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

it('greets a stranger, understands who it is, and puts the call through after the key', async () => {
  const caller = await world.people.call(numbers.line)
  await caller.answered
  await talking.untilDoing(/Listening/)
  await heardOut(caller)
  // recognising takes seconds, in which the caller would be asked whether anybody is there, and the owner be given up
  const greeting = caller.ear.spoken()
  await talking.tell(
    caller,
    'Hello, this is John Baker. There is an emergency with your mother, please put me through right now.',
    ({ timeline }) => timeline.some(({ kind }) => kind === 'forwarding'),
  )
  const owner = await world.people.incoming('100', 40_000)
  await owner.answer()
  await heardOut(owner)
  const announced = owner.ear.spoken()
  const pressedMs = performance.now()
  await owner.press('1')
  await heardOut(owner, pressedMs)
  const talkMs = performance.now()
  await eventually(async () => {
    await speak(caller, 'Can you hear me now.')
    await owner.ear.sound({ fromMs: talkMs, timeoutMs: 3_000 })
  }, 60_000)
  await owner.hangUp()
  await caller.ended
  expect(await recogniser.transcribe(greeting)).toMatch(/automatic|assistant/)
  expect(await recogniser.transcribe(announced)).toMatch(/assistant/)
  const call = await house.newestCall()
  expect(call).toMatchObject({
    action: 'forward',
    status: 'completed',
    callerNumber: numbers.stranger,
    source: 'phone',
  })
})

it('never answers a blocked caller', async () => {
  const caller = await world.people.call(numbers.line, { from: numbers.blocked })
  const cause = await caller.ended
  expect([17, 21]).toContain(cause)
  expect(caller.isAnswered).toBe(false)
  expect(await house.newestCall()).toMatchObject({ action: 'block', status: 'completed' })
})

it('rings the owner for a favourite with real ringing, and answers when the owner does', async () => {
  const caller = await world.people.call(numbers.line, { from: numbers.favourite })
  const owner = await world.people.incoming('100', 60_000)
  await eventually(() => expect(caller.hasRung).toBe(true))
  expect(caller.isAnswered).toBe(false)
  await owner.answer()
  await heardOut(owner)
  await owner.press('1')
  await caller.answered
  await caller.hangUp()
  await owner.ended
  expect(await house.newestCall()).toMatchObject({ action: 'forward', rung: 'people' })
})

it('takes a message when the owner does not answer, and has it in the inbox with its words', async () => {
  const caller = await world.people.call(numbers.line, { from: '+4930555201' })
  await talking.untilDoing(/Listening/)
  const pressedMs = performance.now()
  await caller.press('1')
  await leaveMessage(caller, 'This is a message for the manager about my order. Thank you.', pressedMs)
  await caller.ended
  const call = await house.newestCall(({ recordings }) => recordings[0]?.status === 'transcribed', 90_000)
  expect(call).toMatchObject({ action: 'voicemail', status: 'completed' })
  expect(call.recordings[0]!.durationMs).toBeGreaterThan(1_500)
  expect(JSON.stringify(call.turns)).toMatch(/message|manager|order|thank/)
})
