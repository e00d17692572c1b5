/** One request to a speech server. Answers are bounded, and an error never repeats a key or a body. */
export type HttpOptions = {
  url: string
  apiKey?: string
  /** For sentences: "The transcription server". */
  who: string
  signal: AbortSignal
}

/** `base` as people write it (host, host/v1, or the whole address) completed with `path`. */
export function endpoint(base: string, path: '/audio/transcriptions' | '/audio/speech'): string {
  const url = new URL(base)
  const given = url.pathname.replace(/\/+$/, '')
  if (given === '') url.pathname = `/v1${path}`
  else if (given.endsWith('/v1')) url.pathname = `${given}${path}`
  else url.pathname = given
  return url.href
}

/** Answers a good response, or throws an Error with one sentence. */
export async function post(body: FormData | string, { url, apiKey, who, signal }: HttpOptions): Promise<Response> {
  const send = () =>
    fetch(url, {
      method: 'POST',
      body,
      signal,
      headers: {
        ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      },
    })
  let response: Response
  try {
    // a kept connection that the server has just closed fails before anything was sent: once more, on a new one
    response = await send().catch(error => {
      signal.throwIfAborted()
      if (isReset(error)) return send()
      throw error
    })
  } catch (error) {
    signal.throwIfAborted()
    throw new Error(`${who} cannot be reached (${reasonOf(error)}).`)
  }
  if (!response.ok) {
    await response.body?.cancel().catch(() => {})
    throw new Error(`${who} answered ${response.status}${advice(response.status)}.`)
  }
  return response
}

/** The whole body, at most `limitBytes`. */
export async function readBody(response: Response, limitBytes: number, who: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > limitBytes) throw new Error(`${who} answered more than ${Math.round(limitBytes / 1024)} KB.`)
    pieces.push(piece)
  }
  return new Uint8Array(Buffer.concat(pieces))
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
}

const isReset = (error: unknown) => ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(codeOf(error))

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host name is unknown'
  if (isReset(error)) return 'the connection was cut'
  return code || 'the request failed'
}

function advice(status: number): string {
  if (status === 401 || status === 403) return ': the API key is missing or wrong'
  if (status === 404) return ': there is no such address or model'
  if (status === 429 || status === 503) return ': it is busy'
  return ''
}
