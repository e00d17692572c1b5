import type { ModelLayout } from '#lib/models/layout.ts'
import type { Language } from '../ports.ts'
import { rateHz } from '../ports.ts'
import type { RecognizerConfig, VoiceConfig } from './sherpa.ts'
import type { EarsLayout } from './stt-protocol.ts'

/** One thread each: two were slower than one on two cores, and several callers use the other cores. */
const runtime = { numThreads: 1, provider: 'cpu', debug: false } as const

export function recognizerConfig(layout: EarsLayout, language: Language): RecognizerConfig {
  const { tokens } = layout
  const features = { sampleRate: rateHz, featureDim: 80 }
  if (layout.kind === 'moonshine') {
    const { preprocessor, encoder, uncachedDecoder, cachedDecoder } = layout
    return {
      featConfig: features,
      modelConfig: { moonshine: { preprocessor, encoder, uncachedDecoder, cachedDecoder }, tokens, ...runtime },
    }
  }
  const { encoder, decoder, isEnglishOnly } = layout
  return {
    featConfig: features,
    modelConfig: {
      whisper: {
        encoder,
        decoder,
        language: isEnglishOnly ? 'en' : language,
        task: 'transcribe',
        // frames of silence after the speech: without any, the last word is often lost
        tailPaddings: 300,
      },
      tokens,
      ...runtime,
    },
  }
}

export function voiceConfig(layout: Extract<ModelLayout, { kind: 'vits' | 'kokoro' }>): VoiceConfig {
  const { kind, model, tokens, dataDir, lexicon } = layout
  const shared = { model, tokens, ...(lexicon ? { lexicon } : {}) }
  const voice: Pick<VoiceConfig['model'], 'kokoro' | 'vits'> =
    kind === 'kokoro'
      ? { kokoro: { ...shared, voices: layout.voices, dataDir: layout.dataDir } }
      : { vits: { ...shared, ...(dataDir ? { dataDir } : {}) } }
  return { model: { ...voice, ...runtime }, maxNumSentences: 1 }
}
