import type { Operations } from './ari.generated.ts'

/** Asterisk's answer was not 2xx, or none came (`status` 0). */
export class AriError extends Error {
  readonly status: number
  constructor(status: number, operation: string, detail: string) {
    super(`${operation}: ${detail}`)
    this.name = 'AriError'
    this.status = status
  }
}

export type AriAccess = { url: string; username: string; password: string; timeoutMs: number }

export function authorizationOf({ username, password }: Pick<AriAccess, 'username' | 'password'>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/**
 * One request of Asterisk's REST interface. Names in braces come from `parameters`, `variables` and `fields` travel as JSON,
 * the rest as the query; a list is joined with commas. Rejects with AriError.
 */
export async function requestAri<Name extends keyof Operations>(
  access: AriAccess,
  operation: Name,
  parameters: Operations[Name]['parameters'],
): Promise<Operations[Name]['result']> {
  const { method, target, body } = httpRequest(access.url, operation, parameters as Record<string, unknown>)
  let response: Response
  try {
    response = await fetch(target, {
      method,
      headers: {
        authorization: authorizationOf(access),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      body,
      signal: AbortSignal.timeout(access.timeoutMs),
    })
    if (response.status === 204) return undefined as Operations[Name]['result']
    if (response.ok) {
      const isJson = response.headers.get('content-type')?.includes('json')
      return (await (isJson ? response.json() : response.arrayBuffer())) as Operations[Name]['result']
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    throw new AriError(0, operation, `${error instanceof Error ? error.message : error} ${cause}`.trim())
  }
  const detail = await response.text().catch(() => '')
  throw new AriError(response.status, operation, `${response.status} ${messageOf(detail)}`)
}

function httpRequest(url: string, operation: string, parameters: Record<string, unknown>) {
  const [method, template] = operation.split(' ') as [string, string]
  const rest = new Map(Object.entries(parameters).filter(([, value]) => value !== undefined))
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest.get(name))
    rest.delete(name)
    return encodeURIComponent(value)
  })
  const body: Record<string, unknown> = {}
  for (const name of ['variables', 'fields']) {
    if (method === 'GET' || !rest.has(name)) continue
    body[name] = rest.get(name)
    rest.delete(name)
  }
  const query = new URLSearchParams()
  for (const [name, value] of rest) query.set(name, Array.isArray(value) ? value.join(',') : String(value))
  return {
    method,
    target: `${url.replace(/\/+$/, '')}/ari${path}${query.size > 0 ? `?${query}` : ''}`,
    body: Object.keys(body).length > 0 ? JSON.stringify(body) : null,
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
