import { createResampler } from '../audio/resample.ts'
import { createTrimmer, type Piece } from '../audio/trim.ts'
import { createWavReader } from '../audio/wav-reader.ts'
import { type Clock, type Language, type Pcm, rateHz, type Tts } from '../ports.ts'
import { createBreaker } from './breaker.ts'
import { endpoint, post } from './http.ts'
import { sentences, speakable } from './sentences.ts'

export type HttpTtsOptions = {
  url: string
  apiKey?: string
  model?: string
  /** The server's own name of its voice. */
  voice?: string
  clock: Clock
  /** Until the first sound of a sentence; the caller is waiting. */
  firstSoundMs?: number
}

export type RemoteTts = Tts & { lastError(): string | undefined }

const who = 'The speech server'
const pieceLimitBytes = 24_000 * 2 * 120

/** A voice on another machine or port: anything that speaks OpenAI's /v1/audio/speech (Speaches, Kokoro-FastAPI, LocalAI). */
export function createHttpTts(options: HttpTtsOptions): RemoteTts {
  const { clock, apiKey } = options
  const url = endpoint(options.url, '/audio/speech')
  const breaker = createBreaker(clock)
  const serverVoice = options.voice ?? 'alloy'
  const voices = (['en', 'de'] as const).map(language => ({
    id: `http:${serverVoice}`,
    language,
    label: `${serverVoice} on ${new URL(url).host}`,
  }))

  async function request(input: string, voice: string, signal: AbortSignal): Promise<Response> {
    const late = new AbortController()
    const cancel = clock.after(options.firstSoundMs ?? 6000, () => late.abort())
    try {
      const body = JSON.stringify({ model: options.model ?? 'tts-1', input, voice, response_format: 'wav' })
      const both = AbortSignal.any([signal, late.signal])
      return await post(body, { url, who, signal: both, ...(apiKey ? { apiKey } : {}) })
    } catch (error) {
      if (late.signal.aborted && !signal.aborted) throw new Error(`${who} took too long.`)
      throw error
    } finally {
      cancel()
    }
  }

  async function* speak(
    text: string,
    { voice, language, signal }: { voice?: string; language: Language; signal: AbortSignal },
  ): AsyncGenerator<Pcm> {
    signal.throwIfAborted()
    const pieces = sentences(speakable(text, language))
    if (pieces.length === 0) return
    breaker.check()
    // ends the request that runs ahead when the listener goes away
    const stop = new AbortController()
    const all = AbortSignal.any([signal, stop.signal])
    const named = voice?.startsWith('http:') ? voice.slice(5) : serverVoice
    const begin = (piece: string) => {
      const response = request(piece, named, all)
      response.catch(() => {})
      return response
    }
    try {
      let next = begin(pieces[0]!)
      for (let i = 0; i < pieces.length; i++) {
        const response = await next
        // the next sentence is made while this one is played
        const following = pieces[i + 1]
        if (following !== undefined) next = begin(following)
        yield* trimmed(toPcm(response, signal), { isLast: following === undefined, text: pieces[i]! })
      }
      breaker.succeeded()
    } catch (error) {
      if (!signal.aborted) breaker.failed(error)
      throw error
    } finally {
      stop.abort()
    }
  }

  return { name: new URL(url).host, voices, speak, lastError: breaker.lastError, async close() {} }
}

async function* trimmed(sound: AsyncIterable<Pcm>, piece: Piece): AsyncGenerator<Pcm> {
  const trimmer = createTrimmer(piece)
  for await (const samples of sound) {
    const ready = trimmer.push(samples)
    if (ready.length > 0) yield ready
  }
  const rest = trimmer.flush()
  if (rest.length > 0) yield rest
}

async function* toPcm(response: Response, signal: AbortSignal): AsyncGenerator<Pcm> {
  const type = response.headers.get('content-type') ?? ''
  if (/json|html|text/i.test(type)) throw new Error(`${who} answered ${type.split(';')[0]} instead of sound.`)
  // raw samples carry no rate: what the server says, else what OpenAI's have
  const raw = /pcm|l16/i.test(type) ? Number(/rate=(\d{4,6})/i.exec(type)?.[1] ?? 24_000) : undefined
  const reader = createWavReader(raw)
  let resampler: Awaited<ReturnType<typeof createResampler>> | undefined
  let size = 0
  try {
    for await (const bytes of response.body ?? []) {
      signal.throwIfAborted()
      size += bytes.length
      if (size > pieceLimitBytes) throw new Error(`${who} does not stop talking.`)
      const samples = reader.push(bytes)
      const hz = reader.rateHz()
      if (!hz || samples.length === 0) continue
      resampler ??= await createResampler(hz, rateHz)
      const ready = resampler.push(samples)
      if (ready.length > 0) yield ready
    }
    if (!reader.rateHz()) throw new Error(`${who} answered no sound.`)
    const rest = resampler?.flush()
    if (rest && rest.length > 0) yield rest
  } finally {
    resampler?.close()
  }
}
