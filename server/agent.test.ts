import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { type SupervisedAgent, type SupervisorOptions, superviseAgent } from './agent.ts'

const folder = mkdtempSync(join(tmpdir(), 'ai-call-agent-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let agent: SupervisedAgent | null = null
afterEach(async () => {
  await agent?.stop()
  agent = null
})

const beating = `setInterval(() => process.send('beat'), 20)`

function supervise(script: string, options: Partial<SupervisorOptions> = {}): SupervisedAgent {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.mjs`)
  writeFileSync(path, script)
  agent = superviseAgent({ script: path, backOffMs: { first: 10, longest: 40, forgivenAfter: 60_000 }, ...options })
  return agent
}

test('a voice process that beats is running', async () => {
  const { state } = supervise(beating)
  await vi.waitFor(() => expect(state()).toBe('running'), { timeout: 5_000 })
})

test('a killed voice process is started again', async () => {
  const { state, pid, restarts } = supervise(beating)
  await vi.waitFor(() => expect(state()).toBe('running'), { timeout: 5_000 })
  const first = pid()!
  process.kill(first, 'SIGKILL')
  await vi.waitFor(() => expect(restarts()).toBe(1), { timeout: 5_000 })
  await vi.waitFor(() => expect(state()).toBe('running'), { timeout: 5_000 })
  expect(pid()).not.toBe(first)
})

test('one that cannot start is tried again, and again, without harm', async () => {
  const { restarts } = supervise('process.exit(3)')
  await vi.waitFor(() => expect(restarts()).toBeGreaterThan(2), { timeout: 10_000 })
})

test('one that hangs has its calls moved before it is replaced', async () => {
  const order: string[] = []
  const { state, restarts, pid } = supervise(`process.send('beat'); setTimeout(() => { for (;;); }, 50)`, {
    hungAfterMs: 300,
    onHung: async () => {
      order.push(`moved calls of ${pid()}`)
    },
  })
  await vi.waitFor(() => expect(state()).toBe('running'), { timeout: 5_000 })
  const first = pid()
  await vi.waitFor(() => expect(restarts()).toBeGreaterThan(0), { timeout: 5_000 })
  expect(order[0]).toBe(`moved calls of ${first}`)
})

test('one that never beats is replaced after its time to start', async () => {
  const { restarts } = supervise('setInterval(() => {}, 1000)', { startWithinMs: 200 })
  await vi.waitFor(() => expect(restarts()).toBeGreaterThan(0), { timeout: 5_000 })
})

test('stopping lets it finish, and ends one that does not', async () => {
  const stubborn = supervise(`process.on('SIGTERM', () => {}); ${beating}`, { drainWithinMs: 200 })
  await vi.waitFor(() => expect(stubborn.state()).toBe('running'), { timeout: 5_000 })
  const pid = stubborn.pid()!
  await stubborn.stop()
  expect(() => process.kill(pid, 0)).toThrow()
  expect(stubborn.state()).toBe('stopped')
})
