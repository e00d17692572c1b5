import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listCalls } from '#lib/calls/index.ts'
import { createFlite } from '#lib/voice/adapters/flite.ts'
import { type House, numbers, startHouse } from './house.ts'
import type { Person } from './people.ts'
import { eventually } from './waiting.ts'
import { startWorld } from './world.ts'

// `npm run soak`: calls, one batch after the other, against the real voice process on a real Asterisk; after each batch
// everything has to be as it was before. CALLS=1000 BATCH=10 can be changed. Ends with 1 when something was left behind.

const total = Number(process.env.CALLS ?? 1_000)
const size = Number(process.env.BATCH ?? 10)
/** What a process may have more of than after its first batches: caches fill, the collector takes its time. */
const slack = { sockets: 6, files: 12, timers: 12, memoryMb: 200 }

type Look = {
  calls: number
  failed: number
  channels: number
  bridges: number
  sockets: number
  files: number
  timers: number
  memoryMb: number
  seconds: number
}

const columns = ['calls', 'failed', 'channels', 'bridges', 'sockets', 'files', 'timers', 'memoryMb', 'seconds'] as const

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
const world = await startWorld({ index: 9 })
const flite = createFlite()
const sentence = flite('Hello, this is John Baker about the invoice.', 'rms')
const ways: ((caller: Person) => Promise<unknown>)[] = [
  async () => {},
  caller => caller.ear.sound({ timeoutMs: 30_000 }),
  async caller => {
    await caller.ear.sound({ timeoutMs: 30_000 })
    await caller.say(sentence)
  },
  async caller => {
    const soundMs = await caller.ear.sound({ timeoutMs: 30_000 })
    await caller.ear.quiet({ fromMs: soundMs, lastingMs: 900 })
    const pressedMs = performance.now()
    await caller.press('1')
    await caller.ear.sound({ fromMs: pressedMs, timeoutMs: 30_000 })
    await caller.say(sentence)
    await caller.press('#')
  },
]

let house: House | null = null
let isFine = false

try {
  house = await startHouse(world, {
    NODE_OPTIONS: `--report-on-signal --report-signal=SIGUSR2 --report-exclude-network --report-directory=${world.folder} --report-filename=report.json`,
    MAX_CONVERSATIONS: String(size),
  })
  isFine = await soak(house, join(world.folder, 'report.json'))
} finally {
  await house?.close()
  await world.close()
}
process.exit(isFine ? 0 : 1)

async function soak(home: House, report: string): Promise<boolean> {
  const pid = home.agent.pid!
  const looks: Look[] = []
  let failed = 0
  let done = 0
  console.log(header())
  while (done < total) {
    const begunMs = performance.now()
    const results = await Promise.allSettled(
      Array.from({ length: Math.min(size, total - done) }, (_, at) => call(done + at)),
    )
    for (const result of results) if (result.status === 'rejected') console.error(`a call failed: ${result.reason}`)
    failed += results.filter(({ status }) => status === 'rejected').length
    done += results.length
    await world.people.hangUpAll()
    const left = await settled()
    const seconds = (performance.now() - begunMs) / 1000
    looks.push({ ...(await measure(pid, report)), ...left, calls: done, failed, seconds })
    console.log(row(looks.at(-1)!))
  }
  return verdict(home, looks, failed)
}

/** One caller in one of the ways in which callers behave; the number is new, so that nobody rings through as known. */
async function call(serial: number): Promise<void> {
  const caller = await world.people.call(numbers.line, { from: `+4930${String(60_000_000 + serial)}` })
  await caller.answered
  await ways[serial % ways.length]!(caller)
  await caller.hangUp()
  await caller.ended
}

/** What is still there of the batch, once everything has had its time to go. */
async function settled(): Promise<{ channels: number; bridges: number }> {
  const count = async () => {
    const left = await world.leftovers()
    const bridges = left.filter(name => name.startsWith('bridge ')).length
    return { bridges, channels: left.length - bridges }
  }
  for (let tries = 0; tries < 100; tries++) {
    const { channels, bridges } = await count()
    if (channels + bridges === 0) break
    await pause(200)
  }
  await pause(500)
  return count()
}

type Handle = { type: string; is_active: boolean }

/** Node's own report says which handles are open; /proc says the rest. */
async function measure(
  pid: number,
  report: string,
): Promise<Omit<Look, 'calls' | 'failed' | 'channels' | 'bridges' | 'seconds'>> {
  const before = await readFile(report, 'utf8').catch(() => '')
  process.kill(pid, 'SIGUSR2')
  const handles = await eventually(async () => {
    const text = await readFile(report, 'utf8')
    if (text === before) throw new Error('The voice process wrote no report.')
    return (JSON.parse(text) as { libuv: Handle[] }).libuv
  }, 20_000)
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const active = (type: string) => handles.filter(handle => handle.type === type && handle.is_active).length
  return {
    sockets: active('tcp') + active('pipe') + active('udp'),
    files: (await readdir(`/proc/${pid}/fd`)).length,
    timers: active('timer'),
    memoryMb: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024),
  }
}

async function verdict(home: House, looks: Look[], failed: number): Promise<boolean> {
  const [first, last] = [looks[Math.min(2, looks.length - 1)]!, looks.at(-1)!]
  const wrong: string[] = []
  const check = (isRight: boolean, words: string) => {
    if (!isRight) wrong.push(words)
  }
  check(failed === 0, `${failed} calls failed`)
  check(last.channels + last.bridges === 0, `${last.channels} channels and ${last.bridges} bridges were left behind`)
  for (const what of ['sockets', 'files', 'timers', 'memoryMb'] as const) {
    check(last[what] <= first[what] + slack[what], `${what} grew from ${first[what]} to ${last[what]}`)
  }
  const { calls } = await listCalls(home.owner, { limit: 50, status: 'in_progress' })
  check(calls.length === 0, `${calls.length} calls are still in progress in the inbox`)
  check(!/"level":(50|60)/.test(home.log()), 'the voice process logged errors')
  console.log(wrong.length === 0 ? `\n${last.calls} calls, nothing left behind.` : `\n${wrong.join('\n')}`)
  return wrong.length === 0
}

function header(): string {
  return columns.map(name => name.padStart(10)).join('')
}

function row(look: Look): string {
  return columns.map(name => String(Math.round(look[name])).padStart(10)).join('')
}
