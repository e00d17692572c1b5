import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An instant stand-in for Ollama that always says the same. */
export async function startOllama(answer: object): Promise<{ url: string; stop(): void }> {
  const content = JSON.stringify(answer)
  const body = JSON.stringify({ model: 'stub', message: { role: 'assistant', content }, response: content, done: true })
  const server = createServer((request, response) => {
    request.resume()
    const isTags = request.url === '/api/tags'
    response.setHeader('content-type', 'application/json')
    response.end(isTags ? '{"models":[{"name":"stub"}]}' : body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
