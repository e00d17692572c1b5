import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from '#lib/env.ts'
import { purposeOf } from '#lib/models/kinds.ts'
import { readLayout } from '#lib/models/layout.ts'
import { modelFolder, readLock } from '#lib/models/store.ts'
import { createEngines, createSileroVad, systemClock } from '#lib/voice/adapters/index.ts'
import { createLocalStt } from '#lib/voice/adapters/stt-local.ts'
import type { EarsLayout } from '#lib/voice/adapters/stt-protocol.ts'
import { createResampler } from '#lib/voice/audio/resample.ts'
import { frameSamples, type Language, type Pcm, type Tts } from '#lib/voice/ports.ts'
import { quantile } from './calls/report.ts'
import { measuredHere, writePart } from './results.ts'

// `npm run bench:engines`: every stage that stands between a caller's word and ours, on its own. Installed models are
// measured too; without any, what is built in.

type Row = { what: string; p50: number; p95: number; unit: string; note: string }
const rows: Row[] = []
const never = () => new AbortController().signal

function add(what: string, values: readonly number[], unit: string, note = ''): void {
  const sorted = values.toSorted((a, b) => a - b)
  const [p50, p95] = [quantile(sorted, 0.5), quantile(sorted, 0.95)]
  rows.push({ what, p50, p95, unit, note })
  console.log(`${what}: ${p50.toFixed(2)} / ${p95.toFixed(2)} ${unit} ${note}`)
}

const sentences: Record<Language, string[]> = {
  en: [
    'Hello, you have reached the Miller family. This is an automatic assistant.',
    'Who is calling, please, and what is it about?',
    'One moment.',
    'I could not reach anybody. Would you like to leave a message?',
    'I have your number as zero three zero, one two three, four five six seven. Is that right?',
  ],
  de: [
    'Guten Tag, Sie sprechen mit dem Assistenten der Familie Müller.',
    'Wer ruft bitte an, und worum geht es?',
    'Einen Moment bitte.',
  ],
}

async function measureVoice(name: string, tts: Tts, language: Language): Promise<Pcm[]> {
  const first: number[] = []
  const factor: number[] = []
  const spoken: Pcm[] = []
  for (let round = 0; round < 8; round++) {
    for (const sentence of sentences[language]) {
      const began = performance.now()
      let samples = 0
      let firstMs = 0
      for await (const piece of tts.speak(sentence, { language, signal: never() })) {
        if (samples === 0) firstMs = performance.now() - began
        samples += piece.length
        if (round === 1) spoken.push(piece)
      }
      // the first round warms up
      if (round === 0) continue
      first.push(firstMs)
      factor.push((performance.now() - began) / (samples / 16))
    }
  }
  add(`${name}: text to first sound`, first, 'ms')
  add(
    `${name}: work for a second of speech`,
    factor.map(one => one * 1000),
    'ms',
  )
  return spoken
}

async function measureFrames(speech: Pcm): Promise<void> {
  const created: number[] = []
  const vads = Array.from({ length: 8 }, () => {
    const began = performance.now()
    const vad = createSileroVad()
    created.push(performance.now() - began)
    return vad
  })
  add('Silero: loading a detector (before the first calls)', created, 'ms')
  const scored: number[] = []
  for (let at = 0; at + frameSamples <= speech.length; at += frameSamples) {
    const frame = speech.subarray(at, at + frameSamples)
    const began = performance.now()
    vads[0]!.score(frame)
    scored.push(performance.now() - began)
  }
  const mean = scored.reduce((sum, one) => sum + one, 0) / scored.length
  add('Silero: a frame of 20 ms', scored, 'ms', `mean ${mean.toFixed(3)} ms`)
  for (const vad of vads) vad.close()
  const again: number[] = []
  for (let i = 0; i < 50; i++) {
    const began = performance.now()
    createSileroVad().close()
    again.push(performance.now() - began)
  }
  add('Silero: a detector for the next call', again, 'ms')

  const resampler = await createResampler(8000, 16_000)
  const converted: number[] = []
  for (let i = 0; i < 3000; i++) {
    const frame = speech.subarray((i * 160) % 16_000, ((i * 160) % 16_000) + 160)
    const began = performance.now()
    resampler.push(frame)
    converted.push(performance.now() - began)
  }
  resampler.close()
  add('Resampling a frame of 20 ms, 8 to 16 kHz', converted.slice(500), 'ms')
}

/** One caller after the other, then as many at once as there are cores. */
async function measureEars(dataDir: string, speech: Pcm): Promise<void> {
  const { models } = await readLock(dataDir)
  for (const model of Object.values(models).filter(({ kind }) => purposeOf(kind) === 'ears')) {
    const layout = (await readLayout(modelFolder(dataDir, model.name))) as EarsLayout
    const language = model.languages[0] ?? 'en'
    const began = performance.now()
    const stt = createLocalStt({ name: model.label, layout, languages: [language], clock: systemClock })
    await stt.ready()
    add(`${model.label}: loading`, [performance.now() - began], 'ms')
    const turn = speech.subarray(0, 5 * 16_000)
    for (const callers of [1, availableParallelism()]) {
      const took: number[] = []
      for (let round = 0; round < 10; round++) {
        const all = await Promise.all(
          Array.from({ length: callers }, () => stt.transcribe(turn, { language, signal: never() })),
        )
        took.push(...all.map(({ tookMs }) => tookMs))
      }
      add(`${model.label}: a turn of 5 s, ${callers} at once`, took, 'ms')
    }
    await stt.close()
  }
}

function write(): void {
  const table = rows.map(
    ({ what, p50, p95, unit, note }) => `| ${what} | ${p50.toFixed(2)} | ${p95.toFixed(2)} | ${unit} | ${note} |`,
  )
  writePart({
    name: 'engines',
    title: 'Ears and voice (`npm run bench:engines`)',
    lines: [
      `${measuredHere()}.`,
      '',
      '| stage | p50 | p95 | unit | |',
      '|---|---|---|---|---|',
      ...table,
      '',
      `The voice process with everything above loaded: ${Math.round(process.memoryUsage.rss() / 1e6)} MB, children apart.`,
    ],
  })
}

const dataDir = env().DATA_DIR
const scratch = await mkdtemp(join(tmpdir(), 'bench-engines-'))
const began = performance.now()
const builtIn = createEngines({ DATA_DIR: scratch })
await builtIn.ready()
add('flite: from the start of the process to ready', [performance.now() - began], 'ms')
const pieces = await measureVoice('flite', builtIn.tts, 'en')
const speech = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
let at = 0
for (const piece of pieces) {
  speech.set(piece, at)
  at += piece.length
}
await measureFrames(speech)
await builtIn.close()

const installed = createEngines({ DATA_DIR: dataDir })
await installed.ready()
for (const language of ['en', 'de'] as const) {
  const voice = installed.tts.voiceFor(language)
  if (voice && voice.engine !== 'flite') await measureVoice(voice.engine, installed.tts, language)
}
await installed.close()
await measureEars(dataDir, speech)
await rm(scratch, { recursive: true, force: true })
write()
