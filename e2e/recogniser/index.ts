import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resample } from '#lib/voice/audio/resample.ts'
import { decodeWav, toMono } from '#lib/voice/audio/wav.ts'
import type { Pcm } from '#lib/voice/ports.ts'
import { createEar, type Ear } from './ear.ts'
import { ensurePocketsphinx } from './install.ts'

/** How the server misbehaves, for tests of what a caller hears then. */
export type RecogniserFault = 'none' | 'hang' | 'error' | 'garbage' | 'cut'

export type Recogniser = {
  /** For STT_URL. */
  url: string
  port: number
  /** What a test asks directly: the words in `samples` (16 kHz), by `grammar` when given. */
  transcribe(samples: Pcm, grammar?: string): Promise<string>
  misbehave(fault: RecogniserFault): void
  /** How many requests were answered, and with which words. */
  heard: readonly string[]
  close(): Promise<void>
}

const bodyLimitBytes = 32 * 1024 * 1024

/**
 * A recogniser for tests: pocketsphinx behind OpenAI's /v1/audio/transcriptions on loopback. It hears flite's `rms` voice
 * well; a JSGF grammar in the request's `prompt` makes it certain. `concurrency` ears work side by side.
 */
export async function startRecogniser({ port = 0, concurrency = 2 } = {}): Promise<Recogniser> {
  await ensurePocketsphinx()
  const ears: Ear[] = await Promise.all(Array.from({ length: concurrency }, () => createEar()))
  const busy = ears.map(() => 0)
  const grammars = new Map<string, Promise<Ear>>()
  const heard: string[] = []
  let fault: RecogniserFault = 'none'

  async function transcribe(samples: Pcm, grammar?: string, signal?: AbortSignal): Promise<string> {
    if (grammar) {
      const ear = grammars.get(grammar) ?? createEar(grammar)
      grammars.set(grammar, ear)
      if (grammars.size > 4) await forget(grammars.keys().next().value!)
      return (await ear).hear(samples, signal)
    }
    const at = busy.indexOf(Math.min(...busy))
    busy[at]! += 1
    try {
      return await ears[at]!.hear(samples, signal)
    } catch (error) {
      // an ear that took too long is gone; whoever comes next has a new one
      if (server.listening && error !== signal?.reason) ears[at] = await createEar()
      throw error
    } finally {
      busy[at]! -= 1
    }
  }

  async function forget(grammar: string): Promise<void> {
    const ear = grammars.get(grammar)
    grammars.delete(grammar)
    await (await ear?.catch(() => undefined))?.close()
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (path === '/v1/models') return json(200, { object: 'list', data: [{ id: 'pocketsphinx', object: 'model' }] })
    if (path !== '/v1/audio/transcriptions') return json(404, { error: { message: 'There is no such address.' } })
    if (fault === 'hang') return
    if (fault === 'cut') return void request.socket.destroy()
    if (fault === 'error') return json(500, { error: { message: 'The recogniser was told to fail.' } })
    if (fault === 'garbage') return void response.end('\u0000<<<{{{')

    const form = await readForm(request)
    const file = form.get('file')
    if (!(file instanceof Blob)) return json(400, { error: { message: 'There is no file.' } })
    const wav = decodeWav(new Uint8Array(await file.arrayBuffer()))
    const samples = await resample(toMono(wav), wav.rateHz, 16_000)
    const prompt = form.get('prompt')
    const grammar = typeof prompt === 'string' && prompt.startsWith('#JSGF') ? prompt : undefined
    const text = await transcribe(samples, grammar, untilLeft(response))
    heard.push(text)
    if (form.get('response_format') === 'text') return void response.end(text)
    json(200, { text })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy()
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: error instanceof Error ? error.message : String(error) } }))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const actual = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    transcribe,
    misbehave(next) {
      fault = next
    },
    heard,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await Promise.all([...ears.map(ear => ear.close()), ...[...grammars.keys()].map(forget)])
    },
  }
}

/** Ends when whoever asked hangs up before the answer. */
function untilLeft(response: ServerResponse): AbortSignal {
  const left = new AbortController()
  response.on('close', () => left.abort(new Error('Nobody waits for this any more.')))
  return left.signal
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > bodyLimitBytes) throw new Error('The file is too large.')
    pieces.push(piece)
  }
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  return new Response(Buffer.concat(pieces), { headers }).formData()
}
