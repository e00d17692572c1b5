import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { endAll, type Service, startService } from './service.ts'

afterAll(endAll)

/** The voice process is the only child that the web process has. */
function agentOf({ child: { pid } }: Service): number | null {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)
  return children.length > 0 ? Number(children[0]) : null
}

function isAlive(pid: number): boolean {
  try {
    // A process that ended and was not yet collected is a zombie: it does nothing any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function isVoiceWorking({ url }: Service): Promise<boolean> {
  const health = (await (await fetch(`${url}/health`)).json()) as { details: { voice: { working: boolean } } }
  return health.details.voice.working
}

test('the voice process comes up, is replaced when it dies, and does not outlive a web process that was killed', async () => {
  const service = await startService({ ROLE: 'all' })
  await expect.poll(() => isVoiceWorking(service), { timeout: 110_000, interval: 500 }).toBe(true)
  const first = agentOf(service)!
  process.kill(first, 'SIGKILL')
  await expect.poll(() => agentOf(service) ?? first, { timeout: 20_000, interval: 100 }).not.toBe(first)
  expect((await fetch(`${service.url}/ready`)).status).toBe(200)
  await expect.poll(() => isVoiceWorking(service), { timeout: 110_000, interval: 500 }).toBe(true)
  const second = agentOf(service)!
  await service.end('SIGKILL')
  await expect.poll(() => isAlive(second), { timeout: 20_000, interval: 200 }).toBe(false)
}, 300_000)

test('ending the service ends the voice process first', async () => {
  const service = await startService({ ROLE: 'all' })
  await expect.poll(() => isVoiceWorking(service), { timeout: 110_000, interval: 500 }).toBe(true)
  const agent = agentOf(service)!
  expect(await service.end()).toBe(0)
  expect(isAlive(agent)).toBe(false)
}, 300_000)
