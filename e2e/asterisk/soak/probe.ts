import { createHook } from 'node:async_hooks'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread, threadId } from 'node:worker_threads'

/**
 * Loaded into every process and thread of the service (`node --import`) by the soak: says what is alive in there. Node's own
 * list of active resources leaves out timers that do not keep a process alive, and nearly all of ours are of that kind. So
 * each timer is counted from its making to its end.
 */
export type Probed = {
  /** Of the question that this answers. */
  nonce: string
  pid: number
  thread: number
  isMain: boolean
  program: string
  timers: number
  /** Where the timers that live were made, with how many of each. */
  makers: Record<string, number>
  /** process.getActiveResourcesInfo(), counted by kind. */
  resources: Record<string, number>
  heapBytes: number
  /** Outside the heap: sound, mostly. */
  buffersBytes: number
}

const folder = process.env.SOAK_PROBE
const pollMs = 250
/** The probe's own. */
const ownTimers = 1

const alive = new Map<number, string>()

function maker(): string {
  const lines = (new Error().stack ?? '').split('\n').slice(2)
  const line = lines.find(text => !text.includes('node:') && !text.includes('/soak/probe.ts')) ?? 'node'
  return line
    .trim()
    .replace(/^at /, '')
    .replace(/file:\/\/.*?\/(?=(agent|app|lib|server|db|node_modules)\/)/, '')
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

if (folder) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const hooks = {
    init(id: number, type: string) {
      if (type === 'Timeout') alive.set(id, maker())
    },
    destroy(id: number) {
      alive.delete(id)
    },
    // a promise is no resource that leaks, and following each would slow the audio down
    trackPromises: false,
  }
  createHook(hooks).enable()

  let answered = ''
  setInterval(() => {
    let nonce = ''
    try {
      nonce = readFileSync(join(folder, 'question'), 'utf8')
    } catch {}
    if (!nonce || nonce === answered) return
    answered = nonce
    collect()
    const { heapUsed, external, arrayBuffers } = process.memoryUsage()
    const probed: Probed = {
      nonce,
      pid: process.pid,
      thread: threadId,
      isMain: isMainThread,
      program: process.argv[1] ?? '',
      timers: alive.size - ownTimers,
      makers: count([...alive.values()]),
      resources: count(process.getActiveResourcesInfo()),
      heapBytes: heapUsed,
      buffersBytes: external + arrayBuffers,
    }
    const file = join(folder, `${process.pid}-${threadId}.json`)
    writeFileSync(`${file}.part`, JSON.stringify(probed))
    renameSync(`${file}.part`, file)
  }, pollMs).unref()
}
