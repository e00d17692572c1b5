import { encodeWav } from '../audio/wav.ts'
import type { Clock, Heard, Language, Pcm, Stt } from '../ports.ts'
import { rateHz } from '../ports.ts'
import { createBreaker } from './breaker.ts'
import { keepHeard } from './hallucinations.ts'
import { endpoint, post, readBody } from './http.ts'
import { isAudible } from './loudness.ts'
import { createQueue } from './queue.ts'

export type HttpSttOptions = {
  url: string
  apiKey?: string
  model?: string
  clock: Clock
  concurrency?: number
  /** On top of the length of what is to be heard. */
  timeoutMs?: number
}

export type RemoteStt = Stt & { lastError(): string | undefined }

const who = 'The transcription server'

/** Ears on another machine or port: anything that speaks OpenAI's /v1/audio/transcriptions (Speaches, whisper.cpp, LocalAI). */
export function createHttpStt(options: HttpSttOptions): RemoteStt {
  const { clock, apiKey } = options
  const url = endpoint(options.url, '/audio/transcriptions')
  const queue = createQueue({ name: who, concurrency: options.concurrency ?? 4, limit: 16, clock })
  const breaker = createBreaker(clock)

  async function ask(audio: Pcm, language: Language, signal: AbortSignal): Promise<string> {
    const form = new FormData()
    form.set('file', new Blob([encodeWav(audio) as Uint8Array<ArrayBuffer>], { type: 'audio/wav' }), 'speech.wav')
    form.set('model', options.model ?? 'whisper-1')
    form.set('language', language)
    form.set('response_format', 'json')
    form.set('temperature', '0')
    const response = await post(form, { url, who, signal, ...(apiKey ? { apiKey } : {}) })
    const body = await readBody(response, 256 * 1024, who)
    return readText(new TextDecoder().decode(body), response.headers.get('content-type') ?? '')
  }

  return {
    name: new URL(url).host,
    lastError: breaker.lastError,
    async transcribe(audio, { language, signal, urgent, isPartial }): Promise<Heard> {
      signal.throwIfAborted()
      const started = clock.now()
      if (!isAudible(audio)) return { text: '', tookMs: 0 }
      breaker.check()
      const audioMs = (audio.length / rateHz) * 1000
      try {
        const text = await queue.run(inner => ask(audio, language, inner), {
          signal,
          deadlineMs: (options.timeoutMs ?? 8000) + audioMs,
          ...(urgent ? { urgent } : {}),
          ...(isPartial ? { isSpare: true } : {}),
        })
        breaker.succeeded()
        return { text: keepHeard(text, audioMs), language, tookMs: clock.now() - started }
      } catch (error) {
        if (!signal.aborted && !isPartial) breaker.failed(error)
        throw error
      }
    },
    async close() {
      queue.close()
    },
  }
}

/** What different servers answer: `{"text"}`, verbose JSON with segments, or plain text. */
function readText(body: string, contentType: string): string {
  const text = body.trim()
  if (/[^\P{Cc}\s]/u.test(text)) throw new Error(`${who} answered something that is no text.`)
  if (!text.startsWith('{') && !text.startsWith('[')) {
    if (/html|xml/i.test(contentType) || text.startsWith('<')) throw new Error(`${who} answered a web page.`)
    return text
  }
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    // a sentence may begin with a bracket: "[Music]"
    if (/json/i.test(contentType)) throw new Error(`${who} answered broken JSON.`)
    return text
  }
  const { text: heard, segments, error } = (answer ?? {}) as { text?: unknown; segments?: unknown; error?: unknown }
  if (error) throw new Error(`${who} reported an error.`)
  if (Array.isArray(segments) && segments.length > 0 && segments.every(isSilent)) return ''
  if (typeof heard !== 'string') throw new Error(`${who} answered without a text.`)
  return heard
}

function isSilent(segment: unknown): boolean {
  const { no_speech_prob: probability } = (segment ?? {}) as { no_speech_prob?: unknown }
  return typeof probability === 'number' && probability > 0.85
}
