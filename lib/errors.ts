/** The closed set of failures a service may throw. One place, lib/http, turns a code into an HTTP status. */
export type ErrorCode =
  | 'bad_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'weak_password'
  | 'invalid'
  | 'rate_limited'
  | 'too_large'
  | 'unsupported_media'
  | 'unavailable'
  | 'internal'

const appError = Symbol.for('ai-call-service.error')

/** An expected failure. `message` is one clear sentence for the person who called; `retryAfterS` (s) goes with rate_limited and unavailable. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retryAfterS: number | undefined
  /** With `invalid`: what is wrong, field by field. */
  readonly faults: readonly { field: string; message: string }[]
  readonly [appError] = true

  constructor(
    code: ErrorCode,
    message: string,
    retryAfterS?: number,
    faults: readonly { field: string; message: string }[] = [],
  ) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.retryAfterS = retryAfterS
    this.faults = faults
  }
}

/** Recognised by its mark, not by `instanceof`: a module can be loaded twice in one process (Node's copy and Next's bundle). */
export function isAppError(error: unknown): error is AppError {
  return typeof error === 'object' && error !== null && appError in error
}
