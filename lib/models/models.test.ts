import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCommand } from './command.ts'
import type { ModelJob } from './contract.ts'
import { beginJob, cancelJob, findJob, listJobs } from './jobs.ts'
import { findModel, manifest } from './manifest.ts'
import { listOllama, pullOllama, removeOllama } from './ollama.ts'

let answer: (path: string, response: ServerResponse) => void
let host: string
const server = createServer((request, response) => answer(request.url ?? '', response))
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  answer = (_, response) => response.end()
})

const never = () => new AbortController().signal
const lines = (response: ServerResponse, ...all: object[]) =>
  response.end(all.map(line => `${JSON.stringify(line)}\n`).join(''))

async function settled(id: string): Promise<ModelJob> {
  for (;;) {
    const job = findJob(id)!
    if (job.state !== 'running') return job
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

test('every model of the list has a licence to read and a name of its own', () => {
  expect(new Set(manifest.map(({ name }) => name)).size).toBe(manifest.length)
  expect(new Set(manifest.map(({ archive }) => archive)).size).toBe(manifest.length)
  for (const { licence, archive, languages } of manifest) {
    expect(licence.text.length).toBeGreaterThan(60)
    expect(licence.url).toMatch(/^https:/)
    expect(archive).toMatch(/^[\w.-]+\.tar\.bz2$/)
    expect(languages.length).toBeGreaterThan(0)
  }
  expect(findModel('__proto__')).toBeUndefined()
})

test('Ollama’s models are listed, and what is no Ollama is told so', async () => {
  answer = (_, response) => response.end(JSON.stringify({ models: [{ name: 'qwen3:4b', size: 7 }, { size: 1 }] }))
  expect(await listOllama(host)).toEqual({ models: [{ name: 'qwen3:4b', bytes: 7 }] })
  for (const body of ['<html>', '{}', 'null', '[]']) {
    answer = (_, response) => response.end(body)
    expect(await listOllama(host)).toHaveProperty('trouble')
  }
  expect(await listOllama('http://127.0.0.1:1')).toEqual({
    trouble: 'Ollama does not answer at http://127.0.0.1:1: the rules decide alone.',
  })
})

test('a pull counts the bytes of all layers', async () => {
  const seen: [number, number][] = []
  answer = (_, response) =>
    lines(
      response,
      { status: 'pulling manifest' },
      { status: 'pulling', digest: 'a', total: 100, completed: 40 },
      { status: 'pulling', digest: 'b', total: 50 },
      { status: 'pulling', digest: 'a', total: 100, completed: 900 },
      { status: 'success' },
    )
  await pullOllama(host, 'x', { signal: never(), onProgress: (done, total) => seen.push([done, total]) })
  expect(seen).toEqual([
    [40, 100],
    [40, 150],
    [100, 150],
  ])
})

test('a pull that fails, ends early or meets garbage throws one sentence', async () => {
  const pull = () => pullOllama(host, 'x', { signal: never(), onProgress: () => {} })
  answer = (_, response) => lines(response, { status: 'pulling' }, { error: 'file does not exist' })
  await expect(pull()).rejects.toThrow('Ollama says: file does not exist')
  answer = (_, response) => lines(response, { status: 'pulling' })
  await expect(pull()).rejects.toThrow('stopped in the middle')
  answer = (_, response) => response.end('x'.repeat(200_000))
  await expect(pull()).rejects.toThrow('is not Ollama')
  answer = (_, response) => response.writeHead(500).end()
  await expect(pull()).rejects.toThrow('Ollama answered 500')
  answer = (_, response) => response.writeHead(404).end()
  await expect(removeOllama(host, 'x')).rejects.toThrow('Ollama has no model x.')
})

test('two who pull the same model share one job, and it can be cancelled', async () => {
  const about = { source: 'decision' as const, name: 'shared', startedAt: 'now' }
  const work = ({ signal }: { signal: AbortSignal }) =>
    new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const one = beginJob(about, work)
  expect(beginJob(about, work).id).toBe(one.id)
  expect(cancelJob(one.id)).toBe(true)
  expect(await settled(one.id)).toMatchObject({ state: 'cancelled', message: 'Cancelled.' })
  expect(cancelJob('nothing')).toBe(false)
})

test('a fourth download has to wait, and old ones are forgotten', async () => {
  const stops: string[] = []
  const work = ({ signal }: { signal: AbortSignal }) =>
    new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  for (const name of ['a', 'b', 'c']) stops.push(beginJob({ source: 'decision', name, startedAt: 'now' }, work).id)
  expect(() => beginJob({ source: 'decision', name: 'd', startedAt: 'now' }, work)).toThrow('wait for one of them')
  for (const id of stops) cancelJob(id)
  for (const id of stops) await settled(id)
  for (let i = 0; i < 30; i++) {
    const { id } = beginJob({ source: 'speech', name: `n${i}`, startedAt: 'now' }, async () => 'fine')
    expect((await settled(id)).state).toBe('done')
  }
  expect(listJobs().length).toBeLessThanOrEqual(21)
})

test('a job that fails keeps the reason as a sentence', async () => {
  const { id } = beginJob({ source: 'speech', name: 'bad', startedAt: 'now' }, async ({ tell }) => {
    tell({ step: 'downloading', done: 5, total: 9 })
    throw new Error('There is too little space.')
  })
  expect(await settled(id)).toMatchObject({
    state: 'failed',
    step: 'downloading',
    message: 'There is too little space.',
  })
})

test('the command line is run as a child and its last sentence comes back', async () => {
  process.env.DATA_DIR = '/nonexistent/for-a-test'
  await expect(runCommand(['remove', 'nothing'], { signal: never(), tell: () => {} })).rejects.toThrow(
    'nothing is not installed.',
  )
  const stop = AbortSignal.abort(new Error('enough'))
  await expect(runCommand(['remove', 'nothing'], { signal: stop, tell: () => {} })).rejects.toThrow('enough')
})
