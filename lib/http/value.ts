import { AppError } from '../errors.ts'

const maxDepth = 32

/**
 * What no part of the service can store or show: NUL (PostgreSQL refuses it, C strings end at it), half a surrogate pair
 * (not encodable), and nesting that would only exhaust whoever walks it.
 */
export function checkValue(value: unknown, depth = 0): void {
  if (typeof value === 'string') checkText(value)
  if (typeof value !== 'object' || value === null) return
  if (depth >= maxDepth) throw new AppError('bad_request', 'The JSON is nested too deeply.')
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, depth + 1)
    return
  }
  const record = value as Record<string, unknown>
  for (const key in record) {
    checkText(key)
    checkValue(record[key], depth + 1)
  }
}

/** Refuses NUL and lone surrogates in one text. */
export function checkText(text: string): void {
  if (text.includes('\0')) throw new AppError('invalid', 'Text must not contain NUL characters.')
  if (!text.isWellFormed()) throw new AppError('invalid', 'Text must be valid Unicode.')
}
