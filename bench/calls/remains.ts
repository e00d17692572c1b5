import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEngines } from '../../e2e/asterisk/engines.ts'
import { createCallers, words } from '../../e2e/asterisk/soak/callers.ts'
import { kinds, type Look, lookInto, probeSettings } from '../../e2e/asterisk/soak/look.ts'
import { ordinarily, type Place } from './place.ts'
import type { Report } from './report.ts'
import { pause } from './talking.ts'

const batch = 10
/** Pools and caches breathe; `npm run soak` watches the same over a thousand calls. */
const slack = { timers: 4, sockets: 4, pipes: 4, files: 6, others: 4, threads: 4 } as const
const memoryGoalMb = 1_100

/** Calls of every kind, and what they leave behind: in Asterisk, and in the voice process since its first batch. */
export async function measureLeaks(place: Place, report: Report, total: number): Promise<void> {
  const { house, world } = place
  const probes = await mkdtemp(join(tmpdir(), 'ai-call-bench-probes-'))
  await mkdir(probes, { recursive: true })
  const engines = await startEngines('http://127.0.0.1:9')
  engines.words = words
  await house.stopAgent()
  await ordinarily(() => house.startAgent({ ...probeSettings(probes), STT_URL: engines.url, OLLAMA_HOST: engines.url }))
  try {
    const callers = createCallers(world, house)
    const looks: Look[] = []
    let failed = 0
    for (let done = 0; done < total + batch; done += batch) {
      const results = await Promise.allSettled(
        Array.from({ length: batch }, (_, at) => callers.call(done + at, at === 0)),
      )
      failed += results.filter(({ status }) => status === 'rejected').length
      await world.people.hangUpAll()
      await pause(3_000)
      looks.push(...(await lookInto(probes, [house.agent.pid!])))
    }
    const left = await world.leftovers()
    const [first, last] = [looks[0]!, looks.at(-1)!]
    const grown = kinds.flatMap(kind => {
      const allowed = kind in slack ? slack[kind as keyof typeof slack] : Number.POSITIVE_INFINITY
      return last[kind] > first[kind] + allowed ? [`${kind} ${first[kind]} to ${last[kind]}`] : []
    })
    const found = [...left, ...grown, ...(failed > 0 ? [`${failed} calls failed`] : [])]
    report.fact(
      `left behind after ${total} calls (channels, bridges, timers, sockets, files, threads)`,
      found.join(', ') || 'nothing',
      'nothing',
      found.length === 0,
    )
    report.fact(
      'memory of the voice process meanwhile',
      `${first.memoryMb.toFixed(0)} to ${last.memoryMb.toFixed(0)} MB`,
    )
  } finally {
    await engines.close()
    await rm(probes, { recursive: true, force: true })
  }
}

/** What the service holds in memory after everything above: the web process, the voice process and its children. */
export async function measureMemory({ house, web }: Place, report: Report): Promise<void> {
  const voice = await proportionalMb(await withChildren(house.agent.pid!))
  const page = await proportionalMb([web.child.pid!])
  const result = `${Math.round(voice + page)} MB (voice ${Math.round(voice)}, web ${Math.round(page)})`
  report.fact(
    'memory of both processes after all these calls, 32 detectors loaded',
    result,
    `at most ${memoryGoalMb} MB`,
    voice + page <= memoryGoalMb,
  )
}

async function withChildren(pid: number): Promise<number[]> {
  const all = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(
    all.map(async one => ({
      one,
      parent: Number((await readFile(`/proc/${one}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ')[1]),
    })),
  )
  return [pid, ...parents.filter(({ parent }) => parent === pid).map(({ one }) => one)]
}

/** Memory that processes share counts once. */
async function proportionalMb(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async pid => Number(/^Pss:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1024
}
