import WebSocket from 'ws'
import type { AriEvent, Operations } from './ari.generated.ts'

export type { AriEvent } from './ari.generated.ts'

/** Asterisk's answer was not 2xx, or none came (`status` 0). */
export class AriError extends Error {
  readonly status: number
  constructor(status: number, operation: string, detail: string) {
    super(`${operation}: ${detail}`)
    this.name = 'AriError'
    this.status = status
  }
}

export type AriState =
  | 'connecting'
  | 'connected'
  /** Connection lost or never made; trying again for ever. */
  | 'lost'
  /** Another agent took the same application name over; this one stops. */
  | 'replaced'
  | 'closed'

export type AriOptions = {
  /** http(s)://HOST:8088 */
  url: string
  username: string
  password: string
  app: string
  requestTimeoutMs?: number
  pingMs?: number
  random?: () => number
}

export type Ari = {
  readonly app: string
  readonly state: AriState
  /** The newest reason why there is no connection: a sentence for people. */
  readonly trouble: string | null
  /** This machine's own address as Asterisk sees it, when connected. */
  readonly localAddress: string | null
  readonly authorization: string
  call<Name extends keyof Operations>(
    operation: Name,
    parameters: Operations[Name]['parameters'],
    options?: { timeoutMs?: number },
  ): Promise<Operations[Name]['result']>
  /** URL of a media socket of chan_websocket. */
  mediaUrl(connectionId: string): string
  onEvent(listener: (event: AriEvent) => void): () => void
  onState(listener: (state: AriState, trouble: string | null) => void): () => void
  /** Resolves at the first connection. */
  connected(): Promise<void>
  close(): Promise<void>
}

const firstDelayMs = 250
const longestDelayMs = 15_000

/**
 * A thin client of Asterisk's REST interface: requests over HTTP, events over one WebSocket that we dial, so that
 * Asterisk knows at once when we are gone and runs the dialplan's fallback. Reconnects for ever with jittered back-off.
 * Credentials travel in the Authorization header only.
 */
export function connectAri(options: AriOptions): Ari {
  const { url, username, password, app, requestTimeoutMs = 5_000, pingMs = 5_000, random = Math.random } = options
  const base = url.replace(/\/+$/, '')
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const eventListeners = new Set<(event: AriEvent) => void>()
  const stateListeners = new Set<(state: AriState, trouble: string | null) => void>()
  let state: AriState = 'connecting'
  let trouble: string | null = null
  let socket: WebSocket | null = null
  let localAddress: string | null = null
  let attempts = 0
  let retry: NodeJS.Timeout | undefined
  let ping: NodeJS.Timeout | undefined

  function setState(next: AriState, why: string | null = null): void {
    if (state === 'closed' || (state === next && trouble === why)) return
    state = next
    trouble = why
    for (const listener of stateListeners) listener(next, why)
  }

  function connect(): void {
    clearTimeout(retry)
    const target = `${base.replace(/^http/, 'ws')}/ari/events?app=${encodeURIComponent(app)}`
    const mine = new WebSocket(target, { headers: { authorization }, handshakeTimeout: requestTimeoutMs })
    socket = mine
    let isAlive = true
    let failure = 'Asterisk closed the connection.'
    mine.on('open', () => {
      attempts = 0
      localAddress = (mine as unknown as { _socket?: { localAddress?: string } })._socket?.localAddress ?? null
      setState('connected')
      ping = setInterval(() => {
        if (!isAlive) {
          failure = 'Asterisk stopped answering.'
          mine.terminate()
          return
        }
        isAlive = false
        mine.ping()
      }, pingMs)
    })
    mine.on('pong', () => {
      isAlive = true
    })
    mine.on('message', data => {
      isAlive = true
      receive(String(data))
    })
    mine.on('unexpected-response', (_request, response) => {
      failure =
        response.statusCode === 401 || response.statusCode === 403
          ? 'Asterisk refuses the user name or password: compare ASTERISK_USERNAME and ASTERISK_PASSWORD with ari.conf.'
          : `Asterisk answered ${response.statusCode} instead of opening its event stream: is res_ari loaded?`
      response.resume()
      mine.terminate()
    })
    mine.on('error', error => {
      if (!('code' in error)) return
      failure = `Asterisk cannot be reached at ${base} (${String(error.code)}).`
    })
    mine.on('close', () => {
      clearInterval(ping)
      if (socket !== mine) return
      socket = null
      if (state === 'closed' || state === 'replaced') return
      setState('lost', failure)
      const ceilingMs = Math.min(longestDelayMs, firstDelayMs * 2 ** attempts++)
      retry = setTimeout(connect, ceilingMs * (0.5 + random() / 2))
    })
  }

  function receive(text: string): void {
    let event: AriEvent
    try {
      event = JSON.parse(text) as AriEvent
    } catch {
      return
    }
    if (event.type === 'ApplicationReplaced' && event.application === app) {
      setState('replaced', 'Another agent answers for this Asterisk now; this one has stopped.')
      socket?.close()
      return
    }
    for (const listener of eventListeners) listener(event)
  }

  async function call<Name extends keyof Operations>(
    operation: Name,
    parameters: Operations[Name]['parameters'],
    { timeoutMs = requestTimeoutMs }: { timeoutMs?: number } = {},
  ): Promise<Operations[Name]['result']> {
    const [method, template] = operation.split(' ') as [string, string]
    const rest = new Map(
      Object.entries(parameters as Record<string, unknown>).filter(([, value]) => value !== undefined),
    )
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = String(rest.get(name))
      rest.delete(name)
      return encodeURIComponent(value)
    })
    const body = Object.fromEntries(
      ['variables', 'fields'].flatMap(name => (rest.has(name) ? [[name, rest.get(name)]] : [])),
    )
    const hasBody = method !== 'GET' && Object.keys(body).length > 0
    const query = new URLSearchParams()
    for (const [name, value] of rest) {
      if (hasBody && name in body) continue
      query.set(name, Array.isArray(value) ? value.join(',') : String(value))
    }
    const target = `${base}/ari${path}${query.size > 0 ? `?${query}` : ''}`
    let response: Response
    try {
      response = await fetch(target, {
        method,
        headers: { authorization, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
        ...(hasBody ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (response.status === 204) return undefined as Operations[Name]['result']
      if (response.ok) {
        const isJson = response.headers.get('content-type')?.includes('json')
        return (await (isJson ? response.json() : response.arrayBuffer())) as Operations[Name]['result']
      }
    } catch (error) {
      throw new AriError(0, operation, error instanceof Error ? error.message : String(error))
    }
    const detail = await response.text().catch(() => '')
    throw new AriError(response.status, operation, `${response.status} ${messageOf(detail)}`)
  }

  connect()
  return {
    app,
    authorization,
    get state() {
      return state
    },
    get trouble() {
      return trouble
    },
    get localAddress() {
      return localAddress
    },
    call,
    mediaUrl: id => `${base.replace(/^http/, 'ws')}/media/${encodeURIComponent(id)}`,
    onEvent(listener) {
      eventListeners.add(listener)
      return () => eventListeners.delete(listener)
    },
    onState(listener) {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    connected() {
      if (state === 'connected') return Promise.resolve()
      return new Promise(resolve => {
        const listener = (next: AriState) => {
          if (next !== 'connected') return
          stateListeners.delete(listener)
          resolve()
        }
        stateListeners.add(listener)
      })
    },
    async close() {
      clearTimeout(retry)
      clearInterval(ping)
      const open = socket
      socket = null
      setState('closed')
      if (!open || open.readyState === WebSocket.CLOSED) return
      const closed = new Promise<void>(resolve => open.once('close', () => resolve()))
      if (open.readyState === WebSocket.CONNECTING) open.terminate()
      else open.close()
      const timer = setTimeout(() => open.terminate(), 1_000)
      await closed
      clearTimeout(timer)
    },
  }
}

function messageOf(text: string): string {
  try {
    const body = JSON.parse(text) as { message?: unknown; error?: unknown }
    return String(body.message ?? body.error ?? text).slice(0, 200)
  } catch {
    return text.slice(0, 200)
  }
}
