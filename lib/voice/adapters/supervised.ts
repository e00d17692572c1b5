import type { Clock } from '../ports.ts'
import { type Host, type HostKind, type HostListener, startHost } from './host.ts'

/** How an engine's host is doing, in a word and, when it is not well, a sentence. */
export type HostState = { state: 'starting' | 'ready' | 'failed'; reason?: string }

export type Supervised<In> = {
  state(): HostState
  post(message: In): void
  /** Kills a host that does not answer; it is started again like one that died. */
  restart(reason: string): void
  /** Resolves when ready; rejects when the present attempt failed. */
  ready(): Promise<void>
  stop(): Promise<void>
}

export type SupervisedOptions<Out> = {
  name: string
  kind: HostKind
  entry: URL
  argument: unknown
  clock: Clock
  onMessage(message: Out): void
  /** The host is gone, and with it everything it was asked for. */
  onLost(reason: string): void
  onState?(state: HostState): void
  /** Injected in tests. */
  start?: <In>(kind: HostKind, entry: URL, argument: unknown, listener: HostListener<Out | Ready>) => Host<In>
  readyWithinMs?: number
}

export type Ready = { type: 'ready' }

const firstDelayMs = 500
const longestDelayMs = 60_000
const healthyAfterMs = 60_000

/**
 * Keeps one host running: starts it, waits for its `{type: 'ready'}`, and when it dies starts it again, at first after half a
 * second, then after twice as long each time up to a minute. A minute of health forgives the past.
 */
export function supervise<In, Out extends { type: string }>(options: SupervisedOptions<Out>): Supervised<In> {
  const { clock, name } = options
  const start = options.start ?? startHost
  let host: Host<In> | undefined
  let current: HostState = { state: 'starting' }
  let failures = 0
  let readyAt = 0
  let cancelTimer = () => {}
  let isStopped = false
  let waiting: { resolve: () => void; reject: (error: Error) => void }[] = []

  const become = (next: HostState) => {
    current = next
    options.onState?.(next)
    if (next.state === 'starting') return
    const settled = waiting
    waiting = []
    for (const one of settled) next.state === 'ready' ? one.resolve() : one.reject(new Error(next.reason))
  }

  const lose = (reason: string) => {
    host = undefined
    cancelTimer()
    if (isStopped) return
    if (current.state === 'ready' && clock.now() - readyAt >= healthyAfterMs) failures = 0
    failures += 1
    const sentence = `${name} stopped: ${reason}.`
    become({ state: 'failed', reason: sentence })
    options.onLost(sentence)
    cancelTimer = clock.after(Math.min(firstDelayMs * 2 ** (failures - 1), longestDelayMs), launch)
  }

  const launch = () => {
    if (isStopped) return
    become({ state: 'starting', ...(current.reason ? { reason: current.reason } : {}) })
    // a host that was given up on may still speak: only the present one is heard
    const mine: Host<In> = start<In>(options.kind, options.entry, options.argument, {
      onMessage(message) {
        if (host !== mine) return
        if (message.type === 'ready') {
          cancelTimer()
          readyAt = clock.now()
          become({ state: 'ready' })
        } else options.onMessage(message as Out)
      },
      onExit(reason) {
        if (host === mine) lose(reason)
      },
    })
    host = mine
    cancelTimer = clock.after(options.readyWithinMs ?? 60_000, () => kill('it did not get ready in time'))
  }

  const kill = (reason: string) => {
    const dead = host
    if (!dead) return
    void dead.stop()
    lose(reason)
  }

  launch()
  return {
    state: () => current,
    post: message => host?.post(message),
    restart: kill,
    ready: () => {
      if (current.state === 'ready') return Promise.resolve()
      if (current.state === 'failed') return Promise.reject(new Error(current.reason))
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    async stop() {
      isStopped = true
      cancelTimer()
      const last = host
      host = undefined
      for (const one of waiting.splice(0)) one.reject(new Error(`${name} was closed.`))
      await last?.stop()
    },
  }
}
