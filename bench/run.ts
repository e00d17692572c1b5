import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyData, type Data, makeData, password, settings } from './data.ts'
import type { LoadOrder } from './load-process.ts'
import { measuredHere, writePart } from './results.ts'
import { measure, memoryMb, type Result, type Subject, start, stop } from './subject.ts'

// `npm run bench`: the service beside a bare twin and beside the same routes through Next, in one run on one machine.
// For the column of Next: NEXT_ROUTES=all NEXT_DIST_DIR=.next-all npx next build
// SECONDS=3 and ROWS=10000,100000,1000000 can be changed.

const root = join(import.meta.dirname, '..')
const durationMs = Number(process.env.SECONDS ?? 3) * 1000
const sizes = (process.env.ROWS ?? '10000,100000,1000000').split(',').map(Number)
type Row = {
  path: string
  rows: number | null
  service: Result
  twin: Result
  next: Result | null
  goal: number | null
}
type Servers = { service: Subject; twin: Subject; next: Subject | null }
const rows: Row[] = []
const notes: string[] = []

const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })

async function startAll(data: Data): Promise<Servers> {
  const own = (name: string) => ({ ...settings(data.folder), DATA_DIR: copyData(data, name) })
  return {
    service: await start('server/main.ts', own('service')),
    twin: await start('bench/twin.ts', own('twin')),
    next: existsSync(join(root, '.next-all', 'BUILD_ID'))
      ? await start('bench/through-next.ts', { ...own('next'), NEXT_DIST_DIR: '.next-all', NEXT_ROUTES: 'all' })
      : null,
  }
}

/** Each server in turn, after a warm-up, twice; the better run counts, since noise only ever makes slower. */
async function compare(
  servers: Servers,
  path: string,
  size: number | null,
  goal: number | null,
  order: Pick<LoadOrder, 'connections' | 'request'>,
) {
  const best = async (subject: Subject) => {
    await measure(subject, { ...order, durationMs: Math.min(1000, durationMs) })
    const first = await measure(subject, { ...order, durationMs })
    const second = await measure(subject, { ...order, durationMs })
    return first.perSecond > second.perSecond ? first : second
  }
  const twin = await best(servers.twin)
  const service = await best(servers.service)
  const next = servers.next ? await best(servers.next) : null
  rows.push({ path, rows: size, service, twin, next, goal })
  const failures = service.failures + twin.failures + (next?.failures ?? 0)
  const ratio = (service.perSecond / twin.perSecond).toFixed(2)
  console.log(
    `${path.padEnd(34)} ${String(size ?? '').padStart(8)}  ${Math.round(service.perSecond)}/s, ${ratio} of the twin (by CPU ${(twin.cpuUs / service.cpuUs).toFixed(2)})${failures ? `, ${failures} FAILED` : ''}`,
  )
}

async function measureSize(size: number, isFirst: boolean): Promise<void> {
  const data = await makeData(size)
  const servers = await startAll(data)
  const get = (path: string, headers = {}) => ({ connections: 16, request: { path, headers } })
  try {
    if (isFirst) {
      await compare(servers, 'GET /health', null, 0.5, get('/health'))
      await compare(servers, 'GET /user/profile, JWT', null, 0.7, get('/user/profile', bearer(data.heavy)))
      await compare(
        servers,
        'GET /user/profile, API key',
        null,
        0.7,
        get('/user/profile', { 'x-api-key': data.heavy.api_key }),
      )
    }
    await compare(servers, 'GET /user/calls?limit=50', size, 0.7, get('/user/calls?limit=50', bearer(data.heavy)))
    await compare(
      servers,
      'the same, a small user beside it',
      size,
      0.7,
      get('/user/calls?limit=50', bearer(data.small)),
    )
    const body = JSON.stringify({ call_id: 'c-{n}', caller_number: '+15550001', called_number: '100' })
    const incoming = { method: 'POST', path: '/call/incoming', headers: bearer(data.heavy), body }
    await compare(servers, 'POST /call/incoming', size, 0.7, { connections: 64, request: incoming })
    if (isFirst) {
      const login = { method: 'POST', path: '/auth/login', body: JSON.stringify({ username: 'heavy', password }) }
      await compare(servers, 'POST /auth/login', null, null, { connections: 8, request: login })
      const [health] = await Promise.all([
        measure(servers.service, { connections: 1, durationMs, request: { path: '/health' } }),
        measure(servers.service, { connections: 8, durationMs, request: login }),
      ])
      notes.push(
        `\`GET /health\` while 8 clients log in: p50 ${health.p50Ms.toFixed(1)} ms, p99 ${health.p99Ms.toFixed(1)} ms (goal: p99 under 50 ms).`,
      )
    }
    notes.push(
      `The web process held ${Math.round(memoryMb(servers.service))} MB after the run with ${size.toLocaleString('en')} rows (goal: at most 300 MB).`,
    )
  } finally {
    for (const subject of Object.values(servers)) if (subject) await stop(subject)
    for (const suffix of ['', '-service', '-twin', '-next'])
      rmSync(data.folder + suffix, { recursive: true, force: true })
  }
}

function report(): string[] {
  const lines = rows.map(({ path, rows, service, twin, next, goal }) => {
    const ratio = service.perSecond / twin.perSecond
    const verdict = goal === null ? '' : ratio >= goal ? `at least ${goal}: yes` : `at least ${goal}: **no**`
    const cells = [
      path,
      rows?.toLocaleString('en') ?? '',
      `${Math.round(service.perSecond)} / ${Math.round(service.cpuUs)}`,
      `${Math.round(twin.perSecond)} / ${Math.round(twin.cpuUs)}`,
      next ? `${Math.round(next.perSecond)} / ${Math.round(next.cpuUs)}` : 'not built',
      `${ratio.toFixed(2)} / ${(twin.cpuUs / service.cpuUs).toFixed(2)}`,
      verdict,
      `${service.p50Ms.toFixed(1)} / ${service.p99Ms.toFixed(1)}`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    `${measuredHere()}, load from a process of its own on the same machine; per cell requests a second / CPU microseconds a request of the server process.`,
    '',
    '| path | rows | service | bare twin | through Next | service : twin, by requests / by CPU | goal (requests) | service p50 / p99 ms |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    ...notes.map(note => `- ${note}`),
  ]
}

for (const [i, size] of sizes.entries()) await measureSize(size, i === 0)
writePart({ name: 'web', title: 'The web process (`npm run bench`)', lines: report() })
