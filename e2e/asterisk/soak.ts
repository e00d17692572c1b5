import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { listCalls } from '#lib/calls/index.ts'
import { endAll, startService } from '../../test/process/service.ts'
import { startEngines } from './engines.ts'
import { endsWithUs } from './guard.ts'
import { type House, startHouse } from './house.ts'
import { createCallers, words } from './soak/callers.ts'
import { kinds, type Look, lookInto, probeSettings, slopePerHundred } from './soak/look.ts'
import { readTheInbox } from './soak/reader.ts'
import { startWorld } from './world.ts'

// `npm run soak`: calls, one batch after the other, against the real voice process and the real web process on a real
// Asterisk; after each batch everything has to be as it was before. CALLS=1000 BATCH=20 can be changed. Ends with 1 when
// something was left behind.

const total = Number(process.env.CALLS ?? 1_000)
const size = Number(process.env.BATCH ?? 20)
/** Batches until caches are filled and pools have their size. */
const warmBatches = 3
/** What a process may have more of than after its first batches. */
const slack = {
  timers: 4,
  sockets: 4,
  pipes: 4,
  files: 6,
  others: 4,
  threads: 4,
  heapMb: 12,
  buffersMb: 24,
  memoryMb: 150,
} as const
/**
 * What JavaScript holds may not climb for ever: MB for each hundred calls, over the second half. What the process has from the
 * system goes up with every moment of greatest load and stays there; only its limit counts.
 */
const steepest = { heapMb: 1, buffersMb: 2 } as const

type Round = { calls: number; failed: number; channels: number; bridges: number; seconds: number; looks: Look[] }

const parts = ['voice', 'web'] as const
const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
const world = await startWorld({ index: 9 })
const engines = await startEngines('http://127.0.0.1:9')
engines.words = words
const probes = join(world.folder, 'probes')
await mkdir(probes)

let house: House | null = null
let isFine = false

try {
  house = await startHouse(world, {
    ...probeSettings(probes),
    STT_URL: engines.url,
    OLLAMA_HOST: engines.url,
    MAX_CONVERSATIONS: String(size),
  })
  const web = await startService({ DATA_DIR: house.folder, OLLAMA_HOST: engines.url, ...probeSettings(probes) })
  endsWithUs(web.child)
  isFine = await soak(house, web)
} finally {
  await endAll()
  await house?.close()
  await engines.close()
  await world.close()
}
process.exit(isFine ? 0 : 1)

async function soak(home: House, web: Awaited<ReturnType<typeof startService>>): Promise<boolean> {
  const callers = createCallers(world, home)
  const rounds: Round[] = []
  let failed = 0
  let done = 0
  const pids = [home.agent.pid!, web.child.pid!]
  const quiet = await lookInto(probes, pids)
  console.log(header())
  while (done < total) {
    const begunMs = performance.now()
    const batch = Array.from({ length: Math.min(size, total - done) }, (_, at) => callers.call(done + at, at === 0))
    const results = await Promise.allSettled([...batch, readTheInbox(web.url)])
    for (const result of results) if (result.status === 'rejected') console.error(`it failed: ${result.reason}`)
    failed += results.filter(({ status }) => status === 'rejected').length
    done += batch.length
    await world.people.hangUpAll()
    const left = await settled()
    const looks = await settledLooks(pids, quiet)
    rounds.push({ ...left, calls: done, failed, looks, seconds: (performance.now() - begunMs) / 1000 })
    console.log(row(rounds.at(-1)!))
  }
  return verdict(home, rounds)
}

/** Requests take their time limits along for a few seconds after their answers: such timers are waited for. */
async function settledLooks(pids: number[], quiet: Look[]): Promise<Look[]> {
  for (let tries = 0; ; tries++) {
    const looks = await lookInto(probes, pids)
    const hasMore = looks.some(({ timers }, at) => timers > quiet[at]!.timers + slack.timers)
    if (!hasMore || tries === 4) return looks
    await pause(2_500)
  }
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
  // sockets say goodbye, and words that come late are written
  await pause(2_500)
  return count()
}

async function verdict(home: House, rounds: Round[]): Promise<boolean> {
  const [first, last] = [rounds[Math.min(warmBatches, rounds.length) - 1]!, rounds.at(-1)!]
  const wrong: string[] = []
  const check = (isRight: boolean, sentence: string) => {
    if (!isRight) wrong.push(sentence)
  }
  check(last.failed === 0, `${last.failed} calls failed`)
  check(last.channels + last.bridges === 0, `${last.channels} channels and ${last.bridges} bridges were left behind`)
  const half = rounds.slice(Math.floor(rounds.length / 2))
  for (const [at, part] of parts.entries()) {
    const [before, after] = [first.looks[at]!, last.looks[at]!]
    for (const kind of kinds) {
      const grew = `${part}: ${kind} grew from ${Math.round(before[kind])} to ${Math.round(after[kind])}`
      check(after[kind] <= before[kind] + slack[kind], grew)
    }
    if (after.timers > before.timers + slack.timers) console.log(part, JSON.stringify(grown(before, after), null, 1))
    for (const kind of ['heapMb', 'buffersMb', 'memoryMb'] as const) {
      const slope = slopePerHundred(half.map(({ calls, looks }) => ({ calls, value: looks[at]![kind] })))
      console.log(`${part}: ${kind} changes by ${slope.toFixed(2)} for each 100 calls`)
      check(
        kind === 'memoryMb' || slope <= steepest[kind],
        `${part}: ${kind} climbs by ${slope.toFixed(2)} for each 100 calls`,
      )
    }
  }
  const { calls } = await listCalls(home.owner, { limit: 50, status: 'in_progress' })
  check(calls.length === 0, `${calls.length} calls are still in progress in the inbox`)
  check(!/"level":(50|60)/.test(home.log()), 'the voice process logged errors')
  console.log(wrong.length === 0 ? `\n${last.calls} calls, nothing left behind.` : `\n${wrong.join('\n')}`)
  return wrong.length === 0
}

/** Which lines of the code made the timers that are too many. */
function grown(before: Look, after: Look): [string, number][] {
  return Object.entries(after.makers)
    .map(([name, times]): [string, number] => [name, times - (before.makers[name] ?? 0)])
    .filter(([, times]) => times > 0)
}

function header(): string {
  const own = ['calls', 'failed', 'chan', 'bridge', 's']
  const cells = parts.flatMap(part => ['|', part, ...kinds])
  return [...own, ...cells].map(cell).join('')
}

function row({ calls, failed, channels, bridges, seconds, looks }: Round): string {
  const cells = looks.flatMap(look => ['|', '', ...kinds.map(kind => look[kind])])
  return [calls, failed, channels, bridges, seconds, ...cells].map(cell).join('')
}

function cell(content: string | number): string {
  const text = typeof content === 'number' ? String(Math.round(content)) : content
  return text === '|' ? ' |' : text.padStart(9)
}
