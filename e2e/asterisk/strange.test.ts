import { afterAll, beforeAll, expect, it } from 'vitest'
import { findCallDetail, listCalls, orderCall } from '#lib/calls/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type Pcm, rateHz } from '#lib/voice/ports.ts'
import { createEar } from '../recogniser/ear.ts'
import { type Recogniser, startRecogniser } from '../recogniser/index.ts'
import { beepHz, tone } from './ear.ts'
import { type House, numbers, startHouse } from './house.ts'
import { lateMs, watchMachine } from './machine.ts'
import type { Person } from './people.ts'
import { inviteRaw } from './sip.ts'
import { eventually } from './waiting.ts'
import { startWorld, type World } from './world.ts'

/** Callers who are no callers: noise, music, fax machines, keys without end, names that are none, one who never stops, one who never begins. */
let world: World
let house: House
let recogniser: Recogniser
/** They talk from the first test to the last: one in the conversation, one in a message. */
let talker: Person
let narrator: Person
/** Says nothing at all. */
let mute: Person
const talkerFrom = '+49305558998'
const narratorFrom = '+49305558999'
const muteFrom = '+49305558997'
const flite = createFlite()
let serial = 100
const newcomer = () => `+49305558${serial++}`

beforeAll(async () => {
  ;[world, recogniser] = await Promise.all([startWorld({ index: 8 }), startRecogniser()])
  house = await startHouse(world, { STT_URL: recogniser.url, TTS_VOICE: 'rms', MAX_CONVERSATIONS: '8' })
  talker = await world.people.call(numbers.line, { from: talkerFrom })
  narrator = await world.people.call(numbers.line, { from: narratorFrom })
  mute = await world.people.call(numbers.line, { from: muteFrom })
  await Promise.all([talker.answered, narrator.answered, mute.answered])
  void talkForEver(talker)
  await heardOut(narrator)
  const pressedMs = performance.now()
  await narrator.press('1')
  // who talks before the tone is in the conversation still
  await narrator.ear.toneOver(beepHz, { fromMs: pressedMs, timeoutMs: 60_000 })
  void talkForEver(narrator)
})
afterAll(async () => {
  await house?.close()
  await Promise.all([recogniser?.close(), world?.close()])
})

async function talkForEver(person: Person): Promise<void> {
  const speech = flite(
    'and then my brother said that the weather was very good on that day, so we went to the river',
    'rms',
  )
  while (!person.hasEnded) await Promise.race([person.say(speech), person.ended])
}

async function heardOut(person: Person, fromMs = 0): Promise<number> {
  const soundMs = await person.ear.sound({ fromMs, timeoutMs: 25_000 })
  return person.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
}

async function greeted(from = newcomer()): Promise<Person> {
  const caller = await world.people.call(numbers.line, { from })
  await caller.answered
  await heardOut(caller)
  return caller
}

const callsOf = async (from: string) => {
  const { calls } = await listCalls(house.owner, { limit: 50 })
  return calls.filter(({ callerNumber }) => callerNumber === from)
}

/** The call has ended, and the owner finds it once. */
async function isInTheInboxOnce(from: string): Promise<void> {
  await eventually(async () => {
    expect((await callsOf(from)).map(({ status }) => status)).toEqual(['completed'])
  }, 20_000)
}

function noise(lengthMs: number, seed: number): Pcm {
  let state = seed
  return new Int16Array((rateHz * lengthMs) / 1000).map(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
    return (state >> 16) % 9_000
  })
}

/** A voice without words: what a cough or a hum is to an ear that looks for speech. */
function hum(lengthMs: number): Pcm {
  return new Int16Array((rateHz * lengthMs) / 1000).map((_, at) => {
    let sum = 0
    for (let k = 1; k <= 20; k++) sum += Math.sin((2 * Math.PI * 130 * k * at) / rateHz) / (k < 6 ? 1 : k)
    return 2_500 * sum
  })
}

/** Three voices of a slow tune, again and again. */
function music(lengthMs: number): Pcm {
  const notes = [262, 330, 392, 440, 349, 294]
  const samples = new Int16Array((rateHz * lengthMs) / 1000)
  for (let at = 0; at < samples.length; at++) {
    const step = Math.floor(at / (rateHz * 0.4))
    for (const voice of [0, 2, 4]) {
      samples[at]! += 2_500 * Math.sin((2 * Math.PI * notes[(step + voice) % notes.length]! * at) / rateHz)
    }
  }
  return samples
}

it('goes on within two seconds after each of ten noises in a row, and says its sentence to the end', async () => {
  const from = newcomer()
  const caller = await greeted(from)
  const [call] = await callsOf(from)
  const text =
    'I would like to know some more about it. Please tell me what happened before, who was there with you, and what you did then. Also tell me what you want us to do now, whether it can wait until tomorrow, and when you are at home. And at the end, what is the number of your order?'
  const askedMs = performance.now()
  await orderCall(house.owner, String(call!.id), { kind: 'ask', text })
  const begunMs = await caller.ear.sound({ fromMs: askedMs })
  watchMachine()
  const silencesMs: number[] = []
  for (let burst = 0; burst < 10; burst++) {
    const fromMs = burst === 0 ? begunMs : performance.now()
    const doneMs = await caller.say(burst % 2 === 0 ? noise(450, burst + 1) : hum(450))
    await caller.ear.sound({ fromMs: doneMs + 700, lastingMs: 200 })
    silencesMs.push(Math.round(caller.ear.longestSilenceMs(fromMs, performance.now())))
  }
  expect(silencesMs.filter(ms => ms >= 2_000 + lateMs())).toEqual([])
  const asked = await eventually(async () => {
    const { turns } = await house.newestCall(({ callerNumber }) => callerNumber === from)
    const found = turns.find(turn => /number of your order/.test(turn.text))
    expect(found).toBeDefined()
    return found!
  }, 60_000)
  expect(asked.cut).toBeNull()
  await caller.hangUp()
  await isInTheInboxOnce(from)
})

it('asks a caller who says nothing, twice, and lets them go in the end', async () => {
  await mute.ended
  await isInTheInboxOnce(muteFrom)
  // the recogniser has those to listen to who never stop: this is heard by an ear of its own, and only the end
  const ear = await createEar()
  const words = await ear.hear(mute.ear.spoken().slice(-12 * rateHz)).finally(() => ear.close())
  expect(words).toMatch(/there|hear|message|goodbye/)
  const [call] = await callsOf(muteFrom)
  const { turns, recordings } = await findCallDetail(house.owner, String(call!.id))
  expect(turns.filter(({ who }) => who === 'assistant').length).toBeGreaterThanOrEqual(4)
  expect(recordings).toEqual([])
})

it('lets hold music and a fax machine go, and tells nobody that they said something', async () => {
  const [onHold, fax] = [newcomer(), newcomer()]
  const play = async (from: string, sound: Pcm) => {
    const caller = await greeted(from)
    const sinceMs = performance.now()
    while (!caller.hasEnded && performance.now() - sinceMs < 130_000) {
      await Promise.race([caller.say(sound), caller.ended])
    }
    expect(caller.hasEnded).toBe(true)
  }
  const cng = new Int16Array(rateHz * 3.5)
  cng.set(tone(1_100, 500))
  await Promise.all([play(onHold, music(4_800)), play(fax, cng)])
  await Promise.all([isInTheInboxOnce(onHold), isInTheInboxOnce(fax)])
  for (const from of [onHold, fax]) expect((await callsOf(from))[0]!.action).not.toBe('forward')
}, 160_000)

it('serves a caller whose keys do not end', async () => {
  const from = newcomer()
  const caller = await greeted(from)
  await caller.press('*#23456789'.repeat(4))
  await caller.press('7'.repeat(60))
  const fromMs = performance.now()
  await Promise.race([caller.ear.sound({ fromMs, timeoutMs: 25_000 }), caller.ended])
  await caller.hangUp()
  await isInTheInboxOnce(from)
})

it.each([
  ['a number of ten thousand digits', { number: '9'.repeat(10_000), name: 'long' }],
  ['a name of ten thousand letters', { number: '030555871', name: 'x'.repeat(10_000) }],
  ['a name with control characters', { number: '030555872', name: 'A\u0001\u0007\u001b[31mB\u007f\tC' }],
  ['a name with a null', { number: '030555873', name: 'A\u0000B' }],
  ['a name that turns the text around', { number: '030555874', name: '\u202Egnihton\u2066 \uFEFF' }],
  ['a name that would be two lines', { number: '030555875', name: 'A\r\nX-Injected: yes\r\n B' }],
  ['a number that would be a command', { number: "1';drop%20table%20calls;--", name: 'SHELL(id) | `id`' }],
])('serves or refuses %s', async (_, call) => {
  const pid = house.agent.pid
  const statuses = await inviteRaw(world.sipPort, '030555100', call)
  // Asterisk drops what is no SIP message without a word
  for (const status of statuses) expect(status).toBeGreaterThanOrEqual(100)
  expect(house.agent.pid).toBe(pid)
  expect(house.agent.exitCode).toBeNull()
})

it('has stored of strange names and numbers only what can be shown', async () => {
  const caller = await greeted()
  await caller.hangUp()
  await eventually(async () => {
    const { calls } = await listCalls(house.owner, { limit: 50 })
    const open = calls.filter(({ status }) => status !== 'completed').map(({ callerNumber }) => callerNumber)
    expect(open.filter(from => from !== talkerFrom && from !== narratorFrom)).toEqual([])
    for (const { callerNumber } of calls) {
      expect(callerNumber.length).toBeLessThanOrEqual(128)
      expect(callerNumber).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
  }, 20_000)
  expect(house.log()).not.toMatch(/"level":(50|60)/)
})

it('comes to an end with a caller who never stops talking', async () => {
  // whoever talks on and on is asked for a message in the end, and a message has an end of its own
  await eventually(async () => {
    const [call] = await callsOf(talkerFrom)
    const { timeline } = await findCallDetail(house.owner, String(call!.id))
    expect(talker.hasEnded || /Recording a message/.test(JSON.stringify(timeline))).toBe(true)
  }, 150_000)
  await narrator.ended
  await talker.hangUp()
  await Promise.all([isInTheInboxOnce(talkerFrom), isInTheInboxOnce(narratorFrom)])
  expect((await callsOf(narratorFrom))[0]).toMatchObject({ action: 'voicemail' })
  await eventually(async () => expect(await world.leftovers()).toEqual([]), 20_000)
}, 240_000)
