import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type ModelLayout, readLayout } from '#lib/models/layout.ts'
import { sttContract, ttsContract, vadContract } from '../testing/contract.ts'
import { writeBrokenCopy, writeTinyMoonshine, writeTinyVoice, writeTinyWhisper } from '../testing/tiny-models.ts'
import { systemClock } from './clock.ts'
import { createFlite } from './flite.ts'
import { createFliteTts, createLocalTts } from './local-tts.ts'
import { voiceConfig } from './model-config.ts'
import { createSileroVad } from './silero.ts'
import { createLocalStt } from './stt-local.ts'
import type { EarsLayout } from './stt-protocol.ts'

const folder = await mkdtemp(join(tmpdir(), 'engines-'))
const ears = join(folder, 'moonshine')
const voice = join(folder, 'voice')
await writeTinyMoonshine(ears)
await writeTinyVoice(voice)

const flite = createFlite()
const speech = () => flite('Hello there. I would like to speak to Anna about the invoice.', 'rms')
const never = () => new AbortController().signal

const localStt = async (path: string) =>
  createLocalStt({
    name: 'Tiny',
    layout: (await readLayout(path)) as EarsLayout,
    languages: ['en'],
    clock: systemClock,
  })

vadContract('Silero', () => createSileroVad(), { speech })
ttsContract('flite', () => createFliteTts(systemClock))
ttsContract(
  'A pulled voice with random weights',
  async () =>
    createLocalTts({
      name: 'Tiny voice',
      argument: {
        engine: 'sherpa',
        config: voiceConfig((await readLayout(voice)) as Extract<ModelLayout, { kind: 'vits' }>),
      },
      voices: [{ id: 'tiny', language: 'de', label: 'Tiny' }],
      hostVoice: { tiny: '0' },
      clock: systemClock,
    }),
  { language: 'de' },
)
sttContract(
  'A pulled model with random weights (what it hears is noise)',
  async () => {
    const stt = await localStt(ears)
    await stt.ready()
    return stt
  },
  { speech },
)

for (const language of ['en', 'de'] as const) {
  sttContract(
    `A multilingual model with random weights, in ${language}`,
    async () => {
      await writeTinyWhisper(join(folder, 'whisper'))
      const stt = createLocalStt({
        name: 'Tiny Whisper',
        layout: (await readLayout(join(folder, 'whisper'))) as EarsLayout,
        languages: ['en', 'de'],
        clock: systemClock,
      })
      await stt.ready()
      return stt
    },
    { speech, language },
  )
}

test('flite says that it has no German voice', async () => {
  const tts = createFliteTts(systemClock)
  const speaking = async () => {
    for await (const _ of tts.speak('Guten Tag.', { language: 'de', signal: never() })) break
  }
  await expect(speaking()).rejects.toThrow('flite has no German voice.')
  await tts.close()
})

test('a broken model file ends the child and not us, and is told in a sentence', async () => {
  const broken = join(folder, 'broken')
  await writeBrokenCopy(ears, broken, 'encode.int8.onnx')
  const stt = await localStt(broken)
  await expect(stt.ready()).rejects.toThrow(/^Tiny stopped: it ended/)
  expect(stt.state().state).toBe('failed')
  await expect(stt.transcribe(speech(), { language: 'en', signal: never() })).rejects.toThrow('Tiny stopped')
  await stt.close()
})

test('an utterance of a minute is heard in parts', async () => {
  const stt = await localStt(ears)
  await stt.ready()
  const minute = new Int16Array(60 * 16_000)
  const once = speech()
  for (let at = 0; at + once.length < minute.length; at += once.length + 8000) minute.set(once, at)
  const heard = await stt.transcribe(minute, { language: 'en', signal: never() })
  expect(heard.text.split(' ').length).toBeGreaterThan(20)
  await stt.close()
})

afterAll(async () => {
  const { rm } = await import('node:fs/promises')
  await rm(folder, { recursive: true, force: true })
})
