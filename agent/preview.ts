import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodeWav } from '#lib/voice/audio/wav.ts'
import { PreviewInput } from '#lib/voice/contract.ts'
import type { Pcm, Tts } from '#lib/voice/ports.ts'

const longestBodyBytes = 8_000
const speakWithinMs = 12_000

/** Answers `POST /speak` on the local socket: a sentence in one of the voices, as WAV; 422 when no voice can speak it. */
export function answerPreview(tts: Tts) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST' || request.url !== '/speak') return void response.writeHead(404).end()
    const input = PreviewInput.safeParse(await readJson(request))
    if (!input.success) return void response.writeHead(400).end()
    const { text, language, voice } = input.data
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    try {
      const pieces: Pcm[] = []
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(speakWithinMs)])
      for await (const piece of tts.speak(text, { language, signal, ...(voice ? { voice } : {}) })) pieces.push(piece)
      const wav = encodeWav(join(pieces))
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': wav.byteLength }).end(wav)
    } catch {
      if (!response.headersSent) response.writeHead(422).end()
    }
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const piece of request) {
    text += piece
    if (text.length > longestBodyBytes) return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function join(pieces: readonly Pcm[]): Pcm {
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
