import type { TokenStore } from '../platform/port.ts'
import { ApiError } from './problem.ts'

export type QueryValue = string | number | boolean | null | undefined

export type RequestOptions = {
  query?: Record<string, QueryValue>
  body?: unknown
  /** Sent as it is, instead of JSON. */
  raw?: { content: BodyInit; type: string }
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** The one REST client, shared with the app: cookie in the browser, bearer token with renewal in the app. */
export type Client = {
  get<T>(path: string, options?: Omit<RequestOptions, 'body' | 'raw'>): Promise<T>
  post<T>(path: string, options?: RequestOptions): Promise<T>
  put<T>(path: string, options?: RequestOptions): Promise<T>
  patch<T>(path: string, options?: RequestOptions): Promise<T>
  delete<T = void>(path: string, options?: RequestOptions): Promise<T>
  /** The answer itself, for audio, files and the event stream. Throws ApiError like the others. */
  open(method: string, path: string, options?: RequestOptions): Promise<Response>
  url(path: string, query?: Record<string, QueryValue>): string
}

export type ClientOptions = {
  serverUrl?: string
  tokens?: TokenStore | null
  /** The session is over: told once for each refused request, the page leaves. */
  onSignedOut?: () => void
  fetch?: typeof fetch
  /** How long a plain request may take; uploads, files and streams take as long as they need. */
  patienceMs?: number
}

export function createClient(options: ClientOptions = {}): Client {
  const { serverUrl = '', tokens = null, onSignedOut, patienceMs = 30_000 } = options
  const send = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args))

  function url(path: string, query: Record<string, QueryValue> = {}) {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
    }
    const text = search.toString()
    return `${serverUrl}${path}${text ? `?${text}` : ''}`
  }

  async function attempt(method: string, path: string, request: RequestOptions, token: string | null) {
    const headers: Record<string, string> = { accept: 'application/json', ...request.headers }
    if (token) headers.authorization = `Bearer ${token}`
    let body: BodyInit | null = null
    if (request.raw) {
      headers['content-type'] = request.raw.type
      body = request.raw.content
    } else if (request.body !== undefined) {
      headers['content-type'] = 'application/json'
      body = JSON.stringify(request.body)
    }
    try {
      return await send(url(path, request.query), {
        method,
        headers,
        body,
        credentials: tokens ? 'omit' : 'same-origin',
        cache: 'no-store',
        signal: request.signal ?? null,
      })
    } catch (error) {
      if (request.signal?.aborted) throw error
      throw new ApiError(0, {})
    }
  }

  async function open(method: string, path: string, request: RequestOptions = {}): Promise<Response> {
    let response = await attempt(method, path, request, (await tokens?.read()) ?? null)
    if (response.status === 401 && tokens) {
      const token = await tokens.renew()
      if (token) response = await attempt(method, path, request, token)
    }
    if (response.ok) return response
    const error = await toApiError(response)
    if (response.status === 401 && error.code === 'unauthenticated' && !isSigningIn(path)) onSignedOut?.()
    throw error
  }

  /** A service that takes the question and never answers must not leave a page waiting for ever. */
  async function call<T>(method: string, path: string, request: RequestOptions = {}): Promise<T> {
    if (request.raw) return read<T>(method, path, request)
    const patience = AbortSignal.timeout(patienceMs)
    const signal = request.signal ? AbortSignal.any([request.signal, patience]) : patience
    try {
      return await read<T>(method, path, { ...request, signal })
    } catch (error) {
      if (patience.aborted && !request.signal?.aborted) throw new ApiError(0, { code: 'timeout' })
      throw error
    }
  }

  async function read<T>(method: string, path: string, request: RequestOptions): Promise<T> {
    const response = await open(method, path, request)
    if (response.status === 204) return undefined as T
    try {
      return (await response.json()) as T
    } catch {
      throw new ApiError(0, {})
    }
  }

  return {
    url,
    open,
    get: (path, request) => call('GET', path, request),
    post: (path, request) => call('POST', path, request),
    put: (path, request) => call('PUT', path, request),
    patch: (path, request) => call('PATCH', path, request),
    delete: (path, request) => call('DELETE', path, request),
  }
}

/** There, 401 means a wrong password and not a lost session. */
const isSigningIn = (path: string) => /^\/(auth\/|api\/v1\/(sign-in|sign-up|setup))/.test(path)

async function toApiError(response: Response): Promise<ApiError> {
  let body: Record<string, unknown> = {}
  try {
    const parsed: unknown = await response.json()
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>
  } catch {
    // A proxy's own page: the status has to do.
  }
  const retryAfter = Number(response.headers.get('retry-after'))
  if (typeof body.code !== 'string' && response.status === 401) body = { ...body, code: 'unauthenticated' }
  return new ApiError(response.status, body, Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined)
}
