import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isEars, type ModelLayout, readLayout } from '#lib/models/layout.ts'
import { type InstalledModel, lockPath, modelFolder, readLock } from '#lib/models/store.ts'
import type { Clock, Language, Stt, Vad } from '../ports.ts'
import { systemClock } from './clock.ts'
import { createEars, type EarsEngine } from './ears.ts'
import { createFliteTts, createLocalTts, type LocalTts } from './local-tts.ts'
import { voiceConfig } from './model-config.ts'
import { createPhraseCache, type PhraseCache } from './phrases.ts'
import { createSileroVad } from './silero.ts'
import { createHttpStt } from './stt-http.ts'
import { createLocalStt, type LocalStt } from './stt-local.ts'
import type { EarsLayout } from './stt-protocol.ts'
import { createHttpTts } from './tts-http.ts'
import { createVoices, lazyTts, type VoiceEngine, type Voices } from './voices.ts'

export { systemClock } from './clock.ts'
export type { PhraseCache } from './phrases.ts'
export { createSileroVad } from './silero.ts'

/** For the media thread: the module whose `createVad` it calls, since a detector cannot cross threads. */
export const vadModulePath = new URL('./vad-module.ts', import.meta.url).href

export type { Voices }

/** The settings that choose engines; `Env` fits. */
export type EngineSettings = {
  DATA_DIR: string
  STT_URL?: string | undefined
  STT_API_KEY?: string | undefined
  STT_MODEL?: string | undefined
  TTS_URL?: string | undefined
  TTS_API_KEY?: string | undefined
  TTS_MODEL?: string | undefined
  TTS_VOICE?: string | undefined
}

/** One sentence for the dashboard about ears or voice. */
export type EngineStatus = { isConfigured: boolean; isWorking: boolean; name: string; message: string }

export type Engines = {
  /** Ears, or null: then the line offers keys and takes messages. Ask again for each call; models come and go while running. */
  readonly stt: Stt | null
  readonly tts: Voices
  readonly phrases: PhraseCache
  /** For this thread only; the media thread imports `vadModulePath` instead. */
  vadFactory(): Vad
  canSpeak(language: Language): boolean
  status(): { ears: EngineStatus; voice: EngineStatus }
  /** Resolves when what is installed has been loaded or has failed to; never rejects. */
  ready(): Promise<void>
  /** Looks again at what is installed. Done by itself every five seconds. */
  refresh(): Promise<void>
  close(): Promise<void>
}

type LoadedEars = { model: InstalledModel; stt: LocalStt }
type LoadedVoice = { model: InstalledModel; tts: ReturnType<typeof lazyTts<LocalTts>> }

const lookEveryMs = 5000

/** All engines of this process, chosen by settings and by what was pulled. Starts nothing that is not needed. */
export function createEngines(settings: EngineSettings, clock: Clock = systemClock): Engines {
  const { DATA_DIR: dataDir } = settings
  const remoteEars = settings.STT_URL
    ? createHttpStt({
        url: settings.STT_URL,
        clock,
        ...given('apiKey', settings.STT_API_KEY),
        ...given('model', settings.STT_MODEL),
      })
    : undefined
  const remoteVoice = settings.TTS_URL
    ? createHttpTts({
        url: settings.TTS_URL,
        clock,
        ...given('apiKey', settings.TTS_API_KEY),
        ...given('model', settings.TTS_MODEL),
        ...given('voice', settings.TTS_VOICE),
      })
    : undefined
  const flite = createFliteTts(clock)
  const ears = new Map<string, LoadedEars>()
  const voices = new Map<string, LoadedVoice>()
  /** Models that are listed but cannot be used, by name: the sentence. */
  const broken = new Map<string, string>()
  let seen = ''
  let isClosed = false
  let looking: Promise<void> | undefined

  const voiceEngines = (): VoiceEngine[] => {
    const local = [...voices.values()].map(({ tts }) => ({
      tts,
      // a voice somebody pulled is better than the one that was there
      isPreferred: !remoteVoice,
    }))
    return [
      ...(remoteVoice ? [{ tts: remoteVoice, isPreferred: true }] : []),
      ...local,
      { tts: flite, isPreferred: !remoteVoice && local.length === 0 },
    ]
  }
  // with a speech server TTS_VOICE is that server's word for its voice
  const standardVoice = settings.TTS_URL ? undefined : settings.TTS_VOICE
  const tts = createVoices(voiceEngines, standardVoice)

  async function look(): Promise<void> {
    const stamp = await stat(lockPath(dataDir)).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      () => 'none',
    )
    if (stamp === seen || isClosed) return
    broken.clear()
    const lock = await readLock(dataDir).catch(error => {
      broken.set('lock', (error as Error).message)
      return undefined
    })
    if (!lock) return
    seen = stamp
    for (const [name, { model, stt }] of ears) {
      if (lock.models[name]?.installedAt === model.installedAt) continue
      ears.delete(name)
      await stt.close()
    }
    for (const [name, { model, tts: voice }] of voices) {
      if (lock.models[name]?.installedAt === model.installedAt) continue
      voices.delete(name)
      await voice.close()
    }
    if (!settings.STT_URL && settings.STT_MODEL && !Object.hasOwn(lock.models, settings.STT_MODEL)) {
      const name = settings.STT_MODEL
      broken.set(name, `STT_MODEL is ${name}, which is not installed: npm run models pull ${name}.`)
    }
    for (const model of Object.values(lock.models)) {
      if (ears.has(model.name) || voices.has(model.name)) continue
      try {
        load(model, await readLayout(modelFolder(dataDir, model.name)))
      } catch (error) {
        broken.set(model.name, `The model ${model.name} cannot be used: ${(error as Error).message}`)
      }
    }
  }

  function load(model: InstalledModel, layout: ModelLayout): void {
    if (isEars(layout)) {
      // ears cost memory: when one was named, only that one is opened
      if (!settings.STT_URL && settings.STT_MODEL && settings.STT_MODEL !== model.name) return
      const stt = createLocalStt({
        name: model.label,
        layout: layout as EarsLayout,
        languages: model.languages,
        clock,
      })
      ears.set(model.name, { model, stt })
      return
    }
    const speakers = model.speakers ?? [{ id: 0, label: model.label }]
    const named = speakers.map(speaker => ({
      id: model.speakers ? `${model.name}:${speaker.id}` : model.name,
      label: speaker.label,
      speaker: String(speaker.id),
    }))
    const listed = model.languages.flatMap(language => named.map(({ id, label }) => ({ id, label, language })))
    const config = voiceConfig(layout as Extract<ModelLayout, { kind: 'vits' | 'kokoro' }>)
    const voice = lazyTts(model.label, listed, () =>
      createLocalTts({
        name: model.label,
        argument: { engine: 'sherpa', config },
        voices: listed,
        hostVoice: Object.fromEntries(named.map(({ id, speaker }) => [id, speaker])),
        clock,
      }),
    )
    voices.set(model.name, { model, tts: voice })
  }

  const refresh = () => {
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }

  let cancelLook = () => {}
  const lookAgain = () => {
    if (isClosed) return
    cancelLook = clock.after(lookEveryMs, () => void refresh().finally(lookAgain))
  }
  const first = refresh()
  lookAgain()

  const usableEars = (): EarsEngine[] => [
    ...(remoteEars ? [{ stt: remoteEars, hears: () => true }] : []),
    ...[...ears.values()]
      .filter(({ stt }) => stt.state().state !== 'failed')
      .sort((a, b) => rank(a.model) - rank(b.model))
      .map(({ model, stt }) => ({ stt, hears: (language: Language) => model.languages.includes(language) })),
  ]

  return {
    get stt() {
      const usable = usableEars()
      return usable.length === 0 ? null : createEars(usable)
    },
    tts,
    phrases: createPhraseCache(join(dataDir, 'phrases'), tts),
    vadFactory: () => createSileroVad(),
    canSpeak: language => tts.voiceFor(language) !== undefined,
    refresh,
    async ready() {
      await first
      // of the voices only those that calls will begin with; the others start when a line asks for them
      const speaking = (['en', 'de'] as const).map(language => tts.voiceFor(language)?.engine)
      await Promise.allSettled([
        flite.ready(),
        ...[...ears.values()].map(({ stt }) => stt.ready()),
        ...[...voices.values()]
          .filter(({ tts: voice }) => speaking.includes(voice.name))
          .map(({ tts: voice }) => voice.start().ready()),
      ])
    },
    status: () => ({ ears: earsStatus(), voice: voiceStatus() }),
    async close() {
      isClosed = true
      cancelLook()
      await looking
      await Promise.all([
        remoteEars?.close(),
        remoteVoice?.close(),
        flite.close(),
        ...[...ears.values()].map(({ stt }) => stt.close()),
        ...[...voices.values()].map(({ tts: voice }) => voice.close()),
      ])
    },
  }

  function earsStatus(): EngineStatus {
    const failed = [...ears.values()].find(({ stt }) => stt.state().state === 'failed')?.stt.state().reason
    const trouble = remoteEars?.lastError() ?? failed ?? [...broken.values()][0]
    const local = [...ears.values()].filter(({ stt }) => stt.state().state !== 'failed')
    const loading = local.some(({ stt }) => stt.state().state === 'starting')
    const name = remoteEars?.name ?? local[0]?.stt.name ?? ''
    if (trouble && local.length > 0) {
      return {
        isConfigured: true,
        isWorking: true,
        name,
        message: `${trouble} ${local[0]!.stt.name} listens meanwhile.`,
      }
    }
    if (trouble) return { isConfigured: true, isWorking: false, name, message: trouble }
    if (remoteEars) return { isConfigured: true, isWorking: true, name, message: `Transcription by ${name}.` }
    if (loading) return { isConfigured: true, isWorking: false, name, message: `${name} is being loaded.` }
    if (local.length > 0)
      return { isConfigured: true, isWorking: true, name, message: `${name} listens on this machine.` }
    return {
      isConfigured: false,
      isWorking: false,
      name,
      message:
        'No ears yet: callers choose by key and leave messages. Pull a model (npm run models pull moonshine-tiny-en) or set STT_URL.',
    }
  }

  function voiceStatus(): EngineStatus {
    const english = tts.voiceFor('en')
    const name = remoteVoice?.name ?? english?.engine ?? ''
    const trouble = remoteVoice?.lastError()
    if (trouble) {
      return {
        isConfigured: true,
        isWorking: true,
        name,
        message: `${trouble} ${flite.name} speaks English meanwhile.`,
      }
    }
    const { state, reason } = flite.state()
    if (state === 'failed' && voices.size === 0 && !remoteVoice) {
      return { isConfigured: true, isWorking: false, name, message: reason ?? 'flite does not start.' }
    }
    if (standardVoice && !tts.voices.some(({ id }) => id === standardVoice || id === `flite:${standardVoice}`)) {
      return {
        isConfigured: true,
        isWorking: true,
        name,
        message: `TTS_VOICE names no voice that is here; ${name} speaks.`,
      }
    }
    const german = tts.voiceFor('de') ? '' : ' English only: a German line needs a pulled voice.'
    return { isConfigured: true, isWorking: true, name, message: `${name} speaks.${german}` }
  }
}

/** Of several ears, those made for one language hear it best; among equals the quicker. */
function rank({ kind, languages }: InstalledModel): number {
  return languages.length * 2 + (kind === 'moonshine' ? 0 : 1)
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })
}
