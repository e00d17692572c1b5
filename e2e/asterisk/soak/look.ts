import { randomUUID } from 'node:crypto'
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Probed } from './probe.ts'

/** What one process, with its threads, holds. */
export type Look = {
  timers: number
  sockets: number
  pipes: number
  files: number
  /** epoll, eventfd and the like. */
  others: number
  threads: number
  /** Of every thread, after a collection. */
  heapMb: number
  /** Memory outside the heaps that JavaScript holds. */
  buffersMb: number
  memoryMb: number
  makers: Record<string, number>
}

export const kinds = [
  'timers',
  'sockets',
  'pipes',
  'files',
  'others',
  'threads',
  'heapMb',
  'buffersMb',
  'memoryMb',
] as const

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** NODE_OPTIONS for a process that is looked into, and the folder in which it answers. */
export const probeSettings = (folder: string) => ({
  SOAK_PROBE: folder,
  NODE_OPTIONS: `--import=${new URL('probe.ts', import.meta.url).href}`,
})

/** Asks every thread of these processes what is alive in it; a thread that is busy has five seconds. */
export async function lookInto(folder: string, pids: readonly number[]): Promise<Look[]> {
  const nonce = randomUUID()
  await writeFile(join(folder, 'question'), nonce)
  const answers = await answersTo(folder, nonce, pids)
  return Promise.all(pids.map(pid => look(pid, answers)))
}

async function answersTo(folder: string, nonce: string, pids: readonly number[]): Promise<Probed[]> {
  for (let tries = 0; ; tries++) {
    const names = (await readdir(folder)).filter(name => name.endsWith('.json'))
    const all = await Promise.all(
      names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8')) as Probed),
    )
    const mine = all.filter(({ pid }) => pids.includes(pid))
    const fresh = mine.filter(answer => answer.nonce === nonce)
    const hasAll = pids.every(pid => fresh.some(answer => answer.pid === pid && answer.isMain))
    if (hasAll && fresh.length === mine.length) return fresh
    // a worker that ended leaves its last answer behind and gives no more
    if (tries >= 20 && hasAll) return fresh
    if (tries >= 100) throw new Error('A process of the service does not say what is alive in it.')
    await pause(250)
  }
}

async function look(pid: number, answers: readonly Probed[]): Promise<Look> {
  const mine = answers.filter(answer => answer.pid === pid)
  const [targets, status] = await Promise.all([openFiles(pid), readFile(`/proc/${pid}/status`, 'utf8')])
  const open = (isKind: (target: string) => boolean) => targets.filter(isKind).length
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  const sum = (of: (answer: Probed) => number) => mine.reduce((total, answer) => total + of(answer), 0)
  const makers: Record<string, number> = {}
  for (const [name, times] of mine.flatMap(answer => Object.entries(answer.makers))) {
    makers[name] = (makers[name] ?? 0) + times
  }
  return {
    timers: sum(({ timers }) => timers),
    sockets: open(target => target.startsWith('socket:')),
    pipes: open(target => target.startsWith('pipe:')),
    files: open(target => target.startsWith('/')),
    others: open(target => target.startsWith('anon_inode:')),
    threads: field('Threads'),
    heapMb: sum(({ heapBytes }) => heapBytes) / 1_048_576,
    buffersMb: sum(({ buffersBytes }) => buffersBytes) / 1_048_576,
    memoryMb: field('VmRSS') / 1024,
    makers,
  }
}

async function openFiles(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder)
  const targets = await Promise.all(names.map(name => readlink(join(folder, name)).catch(() => '')))
  return targets.filter(Boolean)
}

/** Growth for each hundred calls: the slope of the line that fits best. */
export function slopePerHundred(points: readonly { calls: number; value: number }[]): number {
  const n = points.length
  if (n < 3) return 0
  const meanX = points.reduce((sum, { calls }) => sum + calls, 0) / n
  const meanY = points.reduce((sum, { value }) => sum + value, 0) / n
  let above = 0
  let below = 0
  for (const { calls, value } of points) {
    above += (calls - meanX) * (value - meanY)
    below += (calls - meanX) ** 2
  }
  return below === 0 ? 0 : (100 * above) / below
}
