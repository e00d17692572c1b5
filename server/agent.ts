import { type ChildProcess, fork } from 'node:child_process'
import { log } from '#lib/log.ts'
import type { Clock } from '#lib/voice/ports.ts'

export type AgentState = 'starting' | 'running' | 'hung' | 'waiting' | 'stopped'

export type SupervisedAgent = {
  state(): AgentState
  pid(): number | undefined
  restarts(): number
  /** SIGTERM, then SIGKILL when it does not end in time. */
  stop(): Promise<void>
}

export type SupervisorOptions = {
  script: string
  clock?: Clock
  /** Called when the process lives but its heart does not beat: before it is killed, its unanswered calls are moved to the dialplan's fallback. */
  onHung?: () => Promise<void>
  /** Called when the process ended by itself: its callers need not wait in silence for the next one. */
  onEnded?: () => Promise<void>
  /** Silence that counts as hung; the first beat may take `startWithinMs`. */
  hungAfterMs?: number
  startWithinMs?: number
  /** How long calls may go on after SIGTERM. */
  drainWithinMs?: number
  backOffMs?: { first: number; longest: number; forgivenAfter: number }
}

/** glibc keeps a pool of memory for each thread, and sound goes from thread to thread: unused rests pile up in all of them. */
const frugal = { MALLOC_ARENA_MAX: '2' }

const quickModules = [`--import=${new URL('../db/quick-modules.mjs', import.meta.url).href}`]

const defaults = {
  hungAfterMs: 5_000,
  startWithinMs: 60_000,
  drainWithinMs: 13_000,
  backOffMs: { first: 500, longest: 30_000, forgivenAfter: 60_000 },
}

const realClock: Clock = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/**
 * Keeps the voice process alive as a child: it beats by any IPC message at least once a second, is restarted with a
 * growing delay when it ends, and is replaced when it hangs. Whatever it does, the web process goes on.
 */
export function superviseAgent(options: SupervisorOptions): SupervisedAgent {
  const { clock = realClock, onHung, onEnded, script, ...rest } = options
  const settings = { ...defaults, ...rest }
  let child: ChildProcess | null = null
  let state: AgentState = 'starting'
  let restarts = 0
  let delayMs = settings.backOffMs.first
  let cancelWatch = () => {}
  let cancelRestart = () => {}
  let ended: Promise<void> = Promise.resolve()

  function start() {
    state = 'starting'
    const startedAt = clock.now()
    const started = fork(script, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: quickModules,
      env: { ...frugal, ...process.env },
    })
    child = started
    watch(settings.startWithinMs)
    started.on('message', () => {
      if (child !== started || state === 'stopped' || state === 'hung') return
      state = 'running'
      watch(settings.hungAfterMs)
    })
    started.on('error', error => log.error({ err: error }, 'the voice process could not start'))
    ended = new Promise(resolve => {
      started.once('exit', (code, signal) => {
        if (child === started) exited(clock.now() - startedAt, code, signal)
        resolve()
      })
    })
  }

  function watch(withinMs: number) {
    cancelWatch()
    cancelWatch = clock.after(withinMs, () => void replaceHung())
  }

  async function replaceHung() {
    const hung = child
    if (!hung || state === 'stopped') return
    state = 'hung'
    log.error({ pid: hung.pid }, 'the voice process hangs and is replaced')
    await onHung?.().catch(error => log.error({ err: error }, 'calls of the hung voice process could not be moved'))
    hung.kill('SIGKILL')
  }

  function exited(livedMs: number, code: number | null, signal: string | null) {
    cancelWatch()
    child = null
    if (state === 'stopped') return
    if (livedMs >= settings.backOffMs.forgivenAfter) delayMs = settings.backOffMs.first
    log.warn({ code, signal, restartInMs: delayMs }, 'the voice process ended and will be started again')
    if (state !== 'hung') {
      onEnded?.().catch(error => log.error({ err: error }, 'calls of the ended voice process could not be moved'))
    }
    state = 'waiting'
    restarts++
    cancelRestart = clock.after(delayMs, start)
    delayMs = Math.min(delayMs * 2, settings.backOffMs.longest)
  }

  start()
  return {
    state: () => state,
    pid: () => child?.pid,
    restarts: () => restarts,
    async stop() {
      state = 'stopped'
      cancelWatch()
      cancelRestart()
      const stopping = child
      if (!stopping) return
      stopping.kill('SIGTERM')
      const cancel = clock.after(settings.drainWithinMs, () => stopping.kill('SIGKILL'))
      await ended
      cancel()
    },
  }
}
