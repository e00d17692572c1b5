import { randomUUID } from 'node:crypto'
import { type AppError, type ErrorCode, isAppError } from '../errors.ts'
import { log } from '../log.ts'

export type ErrorShape = 'compatible' | 'problem'

/** The one place where a failure becomes a status. */
const statusOf: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  weak_password: 400,
  invalid: 422,
  rate_limited: 429,
  too_large: 413,
  unsupported_media: 415,
  unavailable: 503,
  internal: 500,
}

const titles: Record<ErrorCode, string> = {
  bad_request: 'Bad request',
  unauthenticated: 'Sign-in needed',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  conflict: 'Conflict',
  weak_password: 'Weak password',
  invalid: 'Invalid input',
  rate_limited: 'Too many requests',
  too_large: 'Too large',
  unsupported_media: 'Unsupported media type',
  unavailable: 'Unavailable',
  internal: 'Internal error',
}

/** On every JSON answer: private, not to be sniffed, framed or embedded. */
export const jsonHeaders = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** Turns any failure into its answer. What is not an AppError is logged with an id and told as that id alone. */
export function errorResponse(error: unknown, shape: ErrorShape, extra: Record<string, unknown> = {}): Response {
  const known = knownError(error)
  const status = statusOf[known.code]
  const headers: Record<string, string> = { ...jsonHeaders }
  if (known.retryAfterS !== undefined) headers['retry-after'] = String(known.retryAfterS)
  else if (status === 429 || status === 503) headers['retry-after'] = '5'
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="AI Call Service"'
  if (shape === 'compatible') return Response.json({ detail: known.message, ...extra }, { status, headers })
  headers['content-type'] = 'application/problem+json'
  const problem = {
    type: 'about:blank',
    title: titles[known.code],
    status,
    detail: known.message,
    code: known.code,
    ...(known.faults?.length ? { errors: known.faults } : {}),
    ...extra,
  }
  return Response.json(problem, { status, headers })
}

type Known = Pick<AppError, 'code' | 'message' | 'retryAfterS'> & Partial<Pick<AppError, 'faults'>>

function knownError(error: unknown): Known {
  if (isAppError(error)) return error
  if (isBusyDatabase(error)) {
    return { code: 'unavailable', message: 'The database is busy. Please try again.', retryAfterS: 2 }
  }
  if (isFullDisk(error)) {
    log.error({ err: error }, 'the disk is full')
    return { code: 'unavailable', message: 'The disk of the service is full.', retryAfterS: 60 }
  }
  const id = randomUUID()
  log.error({ err: error, errorId: id }, 'a request failed')
  return { code: 'internal', message: `Something went wrong. The log has more under ${id}.`, retryAfterS: undefined }
}

const codesOf = (error: unknown): string[] => {
  const codes: string[] = []
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth++) {
    const { code, cause } = at as { code?: unknown; cause?: unknown }
    if (typeof code === 'string') codes.push(code)
    at = cause
  }
  return codes
}

const isBusyDatabase = (error: unknown) =>
  codesOf(error).some(
    code =>
      code.startsWith('SQLITE_BUSY') ||
      code === 'ECONNREFUSED' ||
      code === '57P01' ||
      code === '40P01' ||
      code === '40001' ||
      code === '53300',
  )
const isFullDisk = (error: unknown) =>
  codesOf(error).some(code => code === 'SQLITE_FULL' || code === 'ENOSPC' || code === '53100')
