import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeLock, type InstalledModel, modelFolder } from '#lib/models/store.ts'
import type { Pcm } from '../ports.ts'
import { writeBrokenCopy, writeTinyMoonshine, writeTinyVoice } from '../testing/tiny-models.ts'
import { createFlite } from './flite.ts'
import { createEngines, type EngineSettings, type Engines } from './index.ts'
import { createPhraseCache } from './phrases.ts'
import { createVoices } from './voices.ts'

let dataDir: string
let engines: Engines | undefined
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'composition-'))
})
afterEach(async () => {
  await engines?.close()
  engines = undefined
  await rm(dataDir, { recursive: true, force: true })
})

const never = () => new AbortController().signal
const speech = createFlite()('Hello there, my name is Miller.', 'rms')

function open(settings: Partial<EngineSettings> = {}): Engines {
  engines = createEngines({ DATA_DIR: dataDir, ...settings })
  return engines
}

async function install(name: string, more: Partial<InstalledModel>): Promise<void> {
  await changeLock(dataDir, lock => {
    lock.models[name] = {
      name,
      kind: 'moonshine',
      languages: ['en'],
      label: name,
      bytes: 1,
      sha256: '0',
      digestFrom: 'import',
      licence: 'MIT',
      installedAt: '2026-02-04T12:00:00.000+00:00',
      ...more,
    }
  })
}

test('without any model the line speaks English, has no ears and says so', async () => {
  const { stt, tts, status, canSpeak, ready } = open()
  await ready()
  expect(stt).toBeNull()
  expect([canSpeak('en'), canSpeak('de')]).toEqual([true, false])
  expect(status().ears).toMatchObject({ isConfigured: false, isWorking: false })
  expect(status().ears.message).toContain('npm run models pull')
  expect(status().voice).toMatchObject({ isWorking: true, name: 'flite' })
  expect(tts.voices.map(({ id }) => id)).toEqual(['flite:slt', 'flite:rms'])
})

test('a model that is pulled while the service runs is used, and gone when it is removed', async () => {
  const here = open()
  await here.ready()
  expect(here.stt).toBeNull()
  await writeTinyMoonshine(modelFolder(dataDir, 'tiny'))
  await install('tiny', {})
  await writeTinyVoice(modelFolder(dataDir, 'hum'))
  await install('hum', { kind: 'vits', languages: ['de'], label: 'Hum' })
  await here.refresh()
  await here.ready()
  expect(here.status().ears).toMatchObject({ isWorking: true, name: 'tiny' })
  expect(here.canSpeak('de')).toBe(true)
  expect((await here.stt!.transcribe(speech, { language: 'en', signal: never() })).text).not.toBe('')
  let spoken = 0
  for await (const piece of here.tts.speak('guten tag', { language: 'de', signal: never() })) spoken += piece.length
  expect(spoken).toBeGreaterThan(1000)
  await changeLock(dataDir, lock => {
    lock.models = {}
  })
  await here.refresh()
  expect(here.stt).toBeNull()
  expect(here.canSpeak('de')).toBe(false)
})

test('a broken model, a missing folder and a damaged list are told in a sentence, and the line still speaks', async () => {
  await writeTinyMoonshine(join(dataDir, 'good'))
  await writeBrokenCopy(join(dataDir, 'good'), modelFolder(dataDir, 'bad'), 'encode.int8.onnx')
  await install('bad', { label: 'Bad' })
  let here = open()
  await here.ready()
  expect(here.stt).toBeNull()
  expect(here.status().ears).toMatchObject({ isConfigured: true, isWorking: false })
  expect(here.status().ears.message).toMatch(/^Bad stopped: it ended/)
  await here.close()

  await rm(modelFolder(dataDir, 'bad'), { recursive: true })
  here = open()
  await here.ready()
  expect(here.status().ears.message).toMatch(/^The model bad cannot be used/)
  await here.close()

  await writeFile(join(dataDir, 'models', 'lock.json'), '{"version":1,"models":')
  here = open()
  await here.ready()
  expect(here.status().ears.message).toContain('is damaged')
  expect(here.canSpeak('en')).toBe(true)
})

test('a setting that names a voice is followed, and one that names nothing is told', async () => {
  let here = open({ TTS_VOICE: 'rms' })
  expect(here.tts.voiceFor('en')).toEqual({ id: 'flite:rms', engine: 'flite' })
  expect(here.tts.voiceFor('en', 'flite:slt')?.id).toBe('flite:slt')
  await here.close()
  here = open({ TTS_VOICE: 'nobody', STT_MODEL: 'whisper-huge' })
  await here.ready()
  expect(here.status().voice.message).toBe('TTS_VOICE names no voice that is here; flite speaks.')
  expect(here.status().ears.message).toBe(
    'STT_MODEL is whisper-huge, which is not installed: npm run models pull whisper-huge.',
  )
})

test('when the transcription server is dead the pulled model listens', async () => {
  await writeTinyMoonshine(modelFolder(dataDir, 'tiny'))
  await install('tiny', {})
  const here = open({ STT_URL: 'http://127.0.0.1:1' })
  await here.ready()
  expect((await here.stt!.transcribe(speech, { language: 'en', signal: never() })).text).not.toBe('')
  expect(here.status().ears).toMatchObject({ isWorking: true })
  expect(here.status().ears.message).toContain('cannot be reached')
  expect(here.status().ears.message).toContain('tiny listens meanwhile')
})

test('when the speech server is dead flite speaks', async () => {
  const server = createServer((_, response) => response.writeHead(500).end())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const here = open({ TTS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  await here.ready()
  let spoken = 0
  for await (const piece of here.tts.speak('Good morning.', { language: 'en', signal: never() })) spoken += piece.length
  expect(spoken).toBeGreaterThan(8000)
  expect(here.status().voice.message).toContain('answered 500')
  server.close()
})

test('stock phrases are made once, kept on disk, and made again when their file is damaged', async () => {
  let made = 0
  const voices = createVoices(() => [
    {
      isPreferred: true,
      tts: {
        name: 'fake',
        voices: [{ id: 'fake', language: 'en', label: 'Fake' }],
        async *speak(text) {
          made += 1
          yield new Int16Array(text.length).fill(7)
        },
        async close() {},
      },
    },
  ])
  const folder = join(dataDir, 'phrases')
  const options = { language: 'en' as const, signal: never() }
  const cache = createPhraseCache(folder, voices)
  expect(cache.find('One moment.', options)).toBeUndefined()
  const both = await Promise.all([cache.get('One moment.', options), cache.get('One moment.', options)])
  expect(both[0]).toEqual(both[1])
  expect(made).toBe(1)
  expect(cache.find('One moment.', options)).toEqual(new Int16Array(11).fill(7))

  const again = createPhraseCache(folder, voices)
  expect(await again.prepare(['One moment.', 'Goodbye.'], options)).toEqual({ failed: [] })
  expect(made).toBe(2)

  for (const name of await readdir(folder)) await truncate(join(folder, name), 3)
  await writeFile(join(folder, 'half.pcm.x.tmp'), 'x')
  await createPhraseCache(folder, voices).prepare(['One moment.', 'Goodbye.'], options)
  expect(made).toBe(4)
  expect((await readdir(folder)).filter(name => name.endsWith('.tmp'))).toEqual([])
})

test('a folder that cannot be written costs the cache and not the sentence', async () => {
  const here = open()
  await mkdir(join(dataDir, 'phrases-file'))
  await writeFile(join(dataDir, 'phrases'), 'a file where the folder should be')
  const said: Pcm = await here.phrases.get('One moment.', { language: 'en', signal: never() })
  expect(said.length).toBeGreaterThan(4000)
  expect(await here.phrases.prepare(['Guten Tag.'], { language: 'de', signal: never() })).toMatchObject({
    failed: ['Guten Tag.'],
    reason: expect.stringContaining('Nothing here speaks German'),
  })
})
