import { createRequire } from 'node:module'

/**
 * The parts of sherpa-onnx-node that are used here, typed: the package brings no declarations. Loading it takes a native
 * library of 30 MB, so it is loaded when first asked for, and never on the web process's loop.
 */
export type Sherpa = {
  Vad: new (
    config: {
      sileroVad: {
        model: string
        threshold: number
        minSpeechDuration: number
        minSilenceDuration: number
        maxSpeechDuration: number
        windowSize: number
      }
      sampleRate: number
      numThreads: number
      provider: 'cpu'
      debug: boolean
    },
    bufferSeconds: number,
  ) => SherpaVad
  OfflineRecognizer: { createAsync(config: RecognizerConfig): Promise<SherpaRecognizer> }
  OfflineTts: new (config: VoiceConfig) => SherpaVoice
  version: string
}

export type SherpaVad = {
  acceptWaveform(samples: Float32Array): void
  isDetected(): boolean
  isEmpty(): boolean
  pop(): void
  flush(): void
  reset(): void
}

export type RecognizerConfig = {
  featConfig: { sampleRate: number; featureDim: number }
  modelConfig: {
    whisper?: { encoder: string; decoder: string; language: string; task: 'transcribe'; tailPaddings: number }
    moonshine?: { preprocessor: string; encoder: string; uncachedDecoder: string; cachedDecoder: string }
    tokens: string
    numThreads: number
    provider: 'cpu'
    debug: boolean
  }
}

export type SherpaStream = { acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void }

export type SherpaRecognizer = {
  createStream(): SherpaStream
  decodeAsync(stream: SherpaStream): Promise<{ text: string; lang?: string }>
}

export type VoiceConfig = {
  model: {
    vits?: { model: string; tokens: string; dataDir?: string; lexicon?: string }
    kokoro?: { model: string; voices: string; tokens: string; dataDir: string; lexicon?: string }
    numThreads: number
    provider: 'cpu'
    debug: boolean
  }
  maxNumSentences: number
}

export type SherpaVoice = {
  sampleRate: number
  numSpeakers: number
  generate(request: { text: string; sid: number; speed: number; enableExternalBuffer: boolean }): {
    samples: Float32Array
    sampleRate: number
  }
}

let loaded: Sherpa | undefined

export function loadSherpa(): Sherpa {
  loaded ??= createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa
  return loaded
}
