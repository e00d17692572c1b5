import WebSocket from 'ws'
import type { AriEvent, Operations } from './ari.generated.ts'
import { authorizationOf, requestAri } from './request.ts'

export type { AriEvent } from './ari.generated.ts'
export { AriError } from './request.ts'

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
  const authorization = authorizationOf({ username, password })
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
    call: (operation, parameters, { timeoutMs = requestTimeoutMs } = {}) =>
      requestAri({ url, username, password, timeoutMs }, operation, parameters),
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
