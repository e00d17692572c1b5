import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, expect, test } from 'vitest'
import { bearer, endAll, post, register, startService } from './service.ts'

let ollama: Server | undefined
afterEach(() => {
  ollama?.closeAllConnections()
  ollama?.close()
})
afterAll(endAll)

async function listen(listener: RequestListener): Promise<string> {
  ollama = createServer(listener).listen(0, '127.0.0.1')
  await once(ollama, 'listening')
  return `http://127.0.0.1:${(ollama.address() as AddressInfo).port}`
}

const actions = ['forward', 'voicemail', 'ask_question', 'block']

const faults: [string, RequestListener][] = [
  ['hangs', () => {}],
  [
    'hangs in the middle of its answer',
    (_, response) => void response.writeHead(200).write('{"message":{"content":"{'),
  ],
  ['cuts the connection', request => void request.socket.destroy()],
  ['answers 500', (_, response) => void response.writeHead(500).end('{"error":"boom"}')],
  ['answers a web page', (_, response) => void response.end('<html>')],
  ['answers nothing', (_, response) => void response.end()],
  ['answers an error with 200', (_, response) => void response.end('{"error":"out of memory"}\n')],
  [
    'never stops talking',
    (_, response) => void setInterval(() => response.write(`{"message":{"content":"${'x'.repeat(999)}"}}\n`), 5),
  ],
]

test.each(faults)('a model that %s costs callers little and others nothing', async (_name, listener) => {
  const OLLAMA_HOST = await listen(listener)
  const { url, end } = await startService({ OLLAMA_HOST, OLLAMA_MODEL: 'llama3.2' })
  const user = await register(url)
  const other = await register(url)
  const calls = Array.from({ length: 12 }, (_, i) =>
    post(
      `${url}/call/incoming`,
      {
        call_id: `m-${i}`,
        caller_number: '+15550001',
        called_number: '100',
        transcript: 'Hello, it is Anna, please call me back.',
        deadline_ms: 1_500,
      },
      bearer(user),
    ),
  )
  const profile = await fetch(`${url}/user/calls`, { headers: bearer(other) })
  expect(profile.status).toBe(200)
  for (const answer of await Promise.all(calls)) {
    expect(answer.status).toBe(200)
    expect(actions).toContain(((await answer.json()) as { action: string }).action)
  }
  const health = (await (await fetch(`${url}/health`)).json()) as { components: { user_manager: boolean } }
  expect(health.components.user_manager).toBe(true)
  expect(await end()).toBe(0)
})
