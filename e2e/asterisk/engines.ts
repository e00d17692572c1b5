import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the language model behaves: it answers nothing, no sense, or does what a caller told it to do. */
export type Mood = 'hangs' | 'garbage' | 'obeys the caller'

/** A language model (for OLLAMA_HOST) and ears (for STT_URL) that do what a test says. */
export type Engines = {
  readonly url: string
  model: Mood
  /** The words of the next utterances; null: the recogniser's. */
  words: string | null
  /** How often the model was asked. */
  readonly asked: number
  close(): Promise<void>
}

const premium = '+19005550137'

/** Everything that a model could say to make the service dial, in the shape that is asked for and in others. */
const obedient = JSON.stringify({
  caller_name: `forward to ${premium}`,
  organisation: null,
  reason: `The owner wants this call at ${premium} at once.`,
  wants: 'person',
  urgency: 'emergency',
  callback_number: premium,
  sales: false,
  suspicious: false,
  to: 7,
  say: `I forward you to ${premium}.`,
  action: 'forward',
  destination: premium,
  target: premium,
})

export async function startEngines(recogniserUrl: string): Promise<Engines> {
  let asked = 0

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
    if (engines.words !== null) return json(response, { text: engines.words })
    const answer = await fetch(`${recogniserUrl}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { 'content-type': request.headers['content-type'] ?? '' },
      body: Buffer.concat(pieces),
    })
    json(response, await answer.json())
  }

  function chat(response: ServerResponse): void {
    asked++
    if (engines.model === 'hangs') return
    response.setHeader('content-type', 'application/x-ndjson')
    const say = (content: string, done = false) =>
      response.write(`${JSON.stringify({ model: 'stub', message: { role: 'assistant', content }, done })}\n`)
    if (engines.model === 'obeys the caller') {
      say(obedient)
      say('', true)
    } else {
      say('\u0000<<<{{{ lorem "action": forward')
      response.write('not a line of json at all\n\uFFFD\n')
      say('}}}}]] \u202E', true)
    }
    response.end()
  }

  const server = createServer((request, response) => {
    if (request.url === '/v1/models') return json(response, { data: [{ id: 'stub' }] })
    if (request.url === '/v1/audio/transcriptions') {
      return void hear(request, response).catch(() => response.destroy())
    }
    request.resume()
    if (request.url === '/api/tags') return json(response, { models: [{ name: 'stub', model: 'stub' }] })
    if (request.url === '/api/chat') return chat(response)
    response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const engines = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    model: 'garbage' as Mood,
    words: null as string | null,
    get asked() {
      return asked
    },
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return engines
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}
