import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ModelJob, ModelList } from '#lib/models/contract.ts'
import { asking, bearer, type Person } from './asking.ts'

const ollama = createServer((request, response) => {
  if (request.url === '/api/tags') return response.end(JSON.stringify({ models: [{ name: 'qwen3:4b', size: 7 }] }))
  if (request.url === '/api/delete') return response.writeHead(404).end()
  response.write(`${JSON.stringify({ status: 'pulling', digest: 'a', total: 10, completed: 4 })}\n`)
  setTimeout(() => response.end(`${JSON.stringify({ status: 'success' })}\n`), 300)
})
await new Promise<void>(resolve => ollama.listen(0, '127.0.0.1', resolve))
const { ask, newChief, newUser } = asking({
  OLLAMA_HOST: `http://127.0.0.1:${(ollama.address() as AddressInfo).port}`,
})

let chief: Person
let member: Person
beforeAll(async () => {
  chief = await newChief()
  member = await newUser('member')
})
afterAll(() => {
  ollama.closeAllConnections()
  ollama.close()
})

test('an administrator sees what can be pulled; a member does not', async () => {
  const { status, text } = await ask('GET', '/api/v1/models', undefined, bearer(chief.token))
  expect(status).toBe(200)
  const list = ModelList.parse(JSON.parse(text))
  expect(list.speech.length).toBeGreaterThan(8)
  expect(list.decision).toEqual({
    isReachable: true,
    message: 'Ollama answers.',
    models: [{ name: 'qwen3:4b', bytes: 7 }],
  })
  expect((await ask('GET', '/api/v1/models', undefined, bearer(member.token))).status).toBe(403)
  const pull = { source: 'decision', name: 'qwen3:4b' }
  expect((await ask('POST', '/api/v1/models/pull', pull, bearer(member.token))).status).toBe(403)
})

test('a pull answers a job that tells how it goes until it is done', async () => {
  const begun = await ask('POST', '/api/v1/models/pull', { source: 'decision', name: 'qwen3:4b' }, bearer(chief.token))
  expect(begun.status).toBe(201)
  const { id } = ModelJob.parse(JSON.parse(begun.text))
  const seen = new Set<string>()
  for (;;) {
    const job = ModelJob.parse(
      JSON.parse((await ask('GET', `/api/v1/models/jobs/${id}`, undefined, bearer(chief.token))).text),
    )
    seen.add(`${job.step} ${job.done}/${job.total}`)
    if (job.state !== 'running') {
      expect(job).toMatchObject({ state: 'done', message: 'qwen3:4b is ready in Ollama.' })
      break
    }
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  expect([...seen]).toContain('downloading 4/10')
})

test('what is wrong with a request is told in a sentence', async () => {
  const pull = (body: unknown) => ask('POST', '/api/v1/models/pull', body, bearer(chief.token))
  expect((await pull({ source: 'speech', name: 'nothing', acceptsLicence: true })).status).toBe(404)
  const unaccepted = await pull({ source: 'speech', name: 'whisper-tiny' })
  expect([unaccepted.status, unaccepted.json.detail]).toEqual([
    422,
    'Whisper tiny comes under a licence (MIT) that has to be accepted.',
  ])
  for (const name of ['', '../../etc', 'a b', 'x'.repeat(200), 7]) {
    expect((await pull({ source: 'decision', name })).status).toBe(422)
  }
  expect((await ask('DELETE', '/api/v1/models/whisper-tiny', undefined, bearer(chief.token))).status).toBe(404)
  expect((await ask('DELETE', '/api/v1/models/x?source=decision', undefined, bearer(chief.token))).status).toBe(404)
  expect((await ask('GET', '/api/v1/models/jobs/nothing', undefined, bearer(chief.token))).status).toBe(404)
})
