import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { systemClock } from '#lib/voice/adapters/index.ts'
import { createHttpStt } from '#lib/voice/adapters/stt-http.ts'
import { resample } from '#lib/voice/audio/resample.ts'
import { sttContract } from '#lib/voice/testing/contract.ts'
import { type Recogniser, startRecogniser } from './index.ts'

const flite = createFlite()
let recogniser: Recogniser
beforeAll(async () => {
  recogniser = await startRecogniser()
}, 120_000)
afterAll(() => recogniser.close())

const ears = () => createHttpStt({ url: recogniser.url, clock: systemClock })
const hear = (samples: Int16Array) =>
  ears().transcribe(samples, { language: 'en', signal: new AbortController().signal })

sttContract('The transcription server', ears, {
  speech: () => flite('Good morning, this is a test of the line.', 'rms'),
})

test('it understands what flite says, wide-band and as a telephone carries it', async () => {
  const said = flite('I would like to speak to the manager about my order.', 'rms')
  expect((await hear(said)).text).toContain('speak to the manager about my order')
  const narrow = await resample(await resample(said, 16_000, 8000), 8000, 16_000)
  expect((await hear(narrow)).text).toContain('manager')
})

test('a grammar makes it certain', async () => {
  const grammar =
    '#JSGF V1.0;\ngrammar digits;\npublic <d> = (zero | one | two | three | four | five | six | seven | eight | nine)+;\n'
  expect(await recogniser.transcribe(flite('three five zero nine', 'rms'), grammar)).toBe('three five zero nine')
})

test('what is no sound is refused with a sentence and costs nothing afterwards', async () => {
  const form = new FormData()
  form.set('file', new Blob(['not sound']), 'x.wav')
  const response = await fetch(`${recogniser.url}/v1/audio/transcriptions`, { method: 'POST', body: form })
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error: { message: 'This is not a WAV file.' } })
})

test('its faults reach the caller of the adapter as one sentence', async () => {
  const said = flite('Hello there, my friend.', 'rms')
  for (const [fault, sentence] of [
    ['error', 'The transcription server answered 500.'],
    ['garbage', 'The transcription server answered something that is no text.'],
    ['cut', 'The transcription server cannot be reached (the connection was cut).'],
  ] as const) {
    recogniser.misbehave(fault)
    await expect(hear(said)).rejects.toThrow(sentence)
  }
  recogniser.misbehave('none')
  expect((await hear(said)).text).toContain('hello')
})

test('what nobody waits for any more is not recognised, and the next one does not wait for it', async () => {
  const story = flite('This is a long story about the weather, about the river and about the bridge.', 'rms')
  const before = recogniser.heard.length
  const hangUp = new AbortController()
  // more than there are ears: the last of them are still waiting when everybody hangs up
  const asked = Array.from({ length: 6 }, () =>
    ears()
      .transcribe(story, { language: 'en', signal: hangUp.signal })
      .catch(() => null),
  )
  await new Promise(resolve => setTimeout(resolve, 200))
  hangUp.abort()
  await Promise.all(asked)
  expect((await hear(flite('Hello there, my friend.', 'rms'))).text).toContain('hello')
  expect(recogniser.heard.length - before).toBeLessThan(6)
})
