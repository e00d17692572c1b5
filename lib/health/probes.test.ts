import { expect, test } from 'vitest'
import { parseEnv } from '../env.ts'
import type { Parts, Probe } from './contract.ts'
import { toHealth } from './index.ts'
import { probeAll } from './probes.ts'

process.env.DATA_DIR = '/dev/null/ai-call-service'
const env = parseEnv({ DATA_DIR: '/tmp' })
const fine: Probe = { isConfigured: true, isWorking: true, say: 'Fine.' }
const off: Probe = { isConfigured: false, isWorking: false, say: 'Not set up.' }
const broken: Probe = { isConfigured: true, isWorking: false, say: 'It does not answer.' }
const parts = (changes: Partial<Parts> = {}): Parts => ({
  database: fine,
  disk: fine,
  telephone: off,
  speech: off,
  model: off,
  voice: fine,
  ...changes,
})

const refused: typeof fetch = () => Promise.reject(new TypeError('fetch failed'))
const answers =
  (body: string, status = 200): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, { status }))

test('what was never set up is no fault', () => {
  const { status, components } = toHealth(parts(), 0)
  expect(status).toBe('healthy')
  expect(components).toEqual({
    sip: false,
    stt: false,
    decision_engine: true,
    action_router: true,
    user_manager: true,
  })
})

test('what the owner asked for and does not work is a fault', () => {
  const health = toHealth(parts({ model: broken }), 0)
  expect(health.status).toBe('degraded')
  expect(health.components.decision_engine).toBe(false)
  expect(health.details.model.message).toBe('It does not answer.')
})

test('a silent Ollama is a fault only when its address was written down', async () => {
  const byItself = await probeAll(env, {}, { fetcher: refused })
  expect(byItself.model).toMatchObject({ isConfigured: false, isWorking: false })
  const chosen = await probeAll(env, { OLLAMA_HOST: 'http://localhost:11434' }, { fetcher: refused })
  expect(chosen.model).toMatchObject({ isConfigured: true, isWorking: false })
})

test.each(['{"models":[{"name":"llama3.2:3b"}]}', '{"models":[{}]}', '<html>', '', '[]', 'null', '{"models":5}'])(
  'whatever answers for Ollama is survived: %s',
  async body => {
    const { model } = await probeAll(env, {}, { fetcher: answers(body) })
    expect(model.isWorking).toBe(true)
  },
)

test('a database that cannot be opened is said, not thrown', async () => {
  const { database } = await probeAll(env, {}, { fetcher: refused })
  expect(database).toMatchObject({ isConfigured: true, isWorking: false })
})

test('a new voice process has time to start; later its silence is a fault', async () => {
  expect((await probeAll(env, {}, { fetcher: refused, uptimeMs: 5_000 })).voice.isConfigured).toBe(false)
  expect((await probeAll(env, {}, { fetcher: refused, uptimeMs: 500_000 })).voice.isConfigured).toBe(true)
})

test('too little space is a fault with its numbers', async () => {
  const { disk } = await probeAll({ ...env, MIN_FREE_SPACE_MB: 1e12 }, {}, { fetcher: refused })
  expect(disk.isWorking).toBe(false)
  expect(disk.say).toMatch(/^Only \d+ MB free/)
})
