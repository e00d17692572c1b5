/** What the service said when it refused, as RFC 9457 problem+json has it; `status` 0: it could not be reached. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** By field, where the service named one. */
  readonly fields: Record<string, string>
  readonly retryAfterS: number | undefined
  readonly body: Record<string, unknown>

  constructor(status: number, body: Record<string, unknown>, retryAfterS?: number) {
    super(typeof body.detail === 'string' ? body.detail : '')
    this.name = 'ApiError'
    this.status = status
    this.code = typeof body.code === 'string' ? body.code : status === 0 ? 'unreachable' : 'internal'
    this.fields = readFields(body)
    this.retryAfterS = retryAfterS
    this.body = body
  }

  get isUnreachable() {
    return this.status === 0
  }
}

function readFields(body: Record<string, unknown>): Record<string, string> {
  const fields: Record<string, string> = {}
  if (!Array.isArray(body.errors)) return fields
  for (const error of body.errors) {
    if (typeof error !== 'object' || error === null) continue
    const { field, path, message, detail } = error as Record<string, unknown>
    const name =
      typeof field === 'string' ? field : typeof path === 'string' ? path : Array.isArray(path) ? path.join('.') : ''
    const sentence = typeof message === 'string' ? message : typeof detail === 'string' ? detail : ''
    if (name && sentence) fields[name] = sentence
  }
  return fields
}
