import type { LiveMessage } from '#lib/calls/contract.ts'
import type { Client } from './client.ts'
import { ApiError } from './problem.ts'
import { createStreamParser } from './stream-parser.ts'

export type StreamState = 'connecting' | 'open' | 'offline' | 'ended'

export type StreamOptions = {
  onMessage(message: LiveMessage): void
  onState(state: StreamState): void
  /** Sleeps and may be cut short by the signal; an argument so that tests need no clock. */
  wait?(ms: number, signal: AbortSignal): Promise<void>
  random?(): number
}

/** The server sends a heartbeat every 15 s; after this long without one the connection is taken for dead. */
const silenceMs = 40_000
const firstRetryMs = 500
const longestRetryMs = 30_000

/**
 * Reads /api/v1/events by fetch (a bearer client cannot use EventSource), resumes where it stopped and reconnects with
 * growing, jittered pauses. Returns the way to stop it.
 */
export function openEventStream(client: Client, options: StreamOptions): () => void {
  const stop = new AbortController()
  const wait = options.wait ?? sleep
  const random = options.random ?? Math.random
  void run()
  return () => stop.abort()

  async function run() {
    let lastId: string | undefined
    let failures = 0
    while (!stop.signal.aborted) {
      options.onState('connecting')
      try {
        const ended = await read(lastId, id => {
          lastId = id
          failures = 0
        })
        if (ended) return options.onState('ended')
      } catch (error) {
        if (stop.signal.aborted) return
        if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return options.onState('ended')
      }
      if (stop.signal.aborted) return
      options.onState('offline')
      const pauseMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures++) * (0.5 + random() / 2)
      await wait(pauseMs, stop.signal)
    }
  }

  /** True when the server said that the session is over. */
  async function read(lastId: string | undefined, onId: (id: string) => void): Promise<boolean> {
    const connection = new AbortController()
    const cut = () => connection.abort()
    stop.signal.addEventListener('abort', cut)
    let silence = setTimeout(cut, silenceMs)
    let isOver = false
    try {
      const response = await client.open('GET', '/api/v1/events', {
        headers: { accept: 'text/event-stream', ...(lastId ? { 'last-event-id': lastId } : {}) },
        signal: connection.signal,
      })
      options.onState('open')
      const feed = createStreamParser(({ id, event, data }) => {
        if (id) onId(id)
        const message = toMessage(event, data)
        if (!message) return
        if (message.event === 'ready') onId(String(message.data.lastId))
        if (message.event === 'end' && message.data.reason === 'signed_out') isOver = true
        options.onMessage(message)
      })
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      while (reader) {
        const { done, value } = await reader.read()
        if (done) break
        clearTimeout(silence)
        silence = setTimeout(cut, silenceMs)
        feed(value)
      }
      return isOver
    } finally {
      clearTimeout(silence)
      stop.signal.removeEventListener('abort', cut)
      connection.abort()
    }
  }
}

function toMessage(event: string | undefined, data: string): LiveMessage | null {
  if (!event || !['call', 'ready', 'changed', 'deleted', 'reset', 'end'].includes(event)) return null
  try {
    return { event, data: JSON.parse(data) } as LiveMessage
  } catch {
    return null
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
    // A page that comes back from sleep or finds its network again does not sit out the pause.
    if (typeof window !== 'undefined') window.addEventListener('online', () => resolve(), { once: true, signal })
  })
}
