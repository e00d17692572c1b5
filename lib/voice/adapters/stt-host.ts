import { toFloats } from '../audio/wav.ts'
import { frameMs, frameSamples, type Language, type Pcm, rateHz } from '../ports.ts'
import { openHostPort } from './host-port.ts'
import { recognizerConfig } from './model-config.ts'
import { loadSherpa, type SherpaRecognizer } from './sherpa.ts'
import { createSileroVad } from './silero.ts'
import type { SttAnswer, SttArgument, SttRequest } from './stt-protocol.ts'

/**
 * Hears: the entry of a child process, because a broken model file ends its process without an exception. It decodes off
 * the loop; how many at a time is decided by who asks. The first language is loaded before it says that it is ready.
 */
const port = openHostPort<SttRequest, SttAnswer>()
const { layout, languages } = port.argument as SttArgument
const recognizers = new Map<Language, Promise<SherpaRecognizer>>()

function recognizer(language: Language): Promise<SherpaRecognizer> {
  // a model of one language is the same for all
  const key = layout.kind === 'whisper' && !layout.isEnglishOnly ? language : 'en'
  const loaded = recognizers.get(key) ?? loadSherpa().OfflineRecognizer.createAsync(recognizerConfig(layout, key))
  recognizers.set(key, loaded)
  return loaded
}

// synchronous, so one is enough for all
const vad = createSileroVad()

/** Milliseconds of speech; a model invents words when there is none. */
function measureSpeech(samples: Pcm): number {
  vad.reset()
  let frames = 0
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    if (vad.score(samples.subarray(at, at + frameSamples)) >= 0.5) frames += 1
  }
  return frames * frameMs
}

async function hear({ id, samples, language }: SttRequest): Promise<void> {
  try {
    const speechMs = measureSpeech(samples)
    if (speechMs === 0) return port.post({ type: 'heard', id, text: '', speechMs })
    const ears = await recognizer(language)
    const stream = ears.createStream()
    stream.acceptWaveform({ samples: toFloats(samples), sampleRate: rateHz })
    const { text } = await ears.decodeAsync(stream)
    port.post({ type: 'heard', id, text, speechMs })
  } catch (error) {
    port.post({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
}

const first = await recognizer(languages[0] ?? 'en')
// the first decode allocates what later ones reuse
const warm = first.createStream()
warm.acceptWaveform({ samples: new Float32Array(rateHz), sampleRate: rateHz })
await first.decodeAsync(warm)
port.onMessage(message => void hear(message))
port.post({ type: 'ready' })
// a caller in the other language should not be the one who waits for its loading; a failure is told when it is asked for
for (const language of languages.slice(1)) await recognizer(language).catch(() => {})
