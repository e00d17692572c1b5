import pino from 'pino'
import { once } from './once.ts'

/** Structured log on standard output. Secrets and bodies are never passed to it; numbers only through `maskNumber`. */
export const log = once('log', () =>
  pino({
    level: process.env.LOG_LEVEL || 'info',
    base: undefined,
    serializers: { err: describeError },
    redact: {
      paths: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization', 'api_key', '*.api_key'],
      censor: '***',
    },
  }),
)

export type ErrorDescription = {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: ErrorDescription
}

/**
 * What the log keeps of an error: its kind, its sentence and where it happened. A failed query carries its values (numbers,
 * names, hashes) in its message and beside it; they stay out.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error).slice(0, 300) }
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return {
    type: error.constructor.name,
    message: error.message.split('\nparams:')[0]!.slice(0, 1000),
    ...(typeof code === 'string' ? { code } : {}),
    ...(frames.length > 0 ? { stack: frames.join('\n') } : {}),
    ...(cause !== undefined && depth < 3 ? { cause: describeError(cause, depth + 1) } : {}),
  }
}

/** `+49301234567` becomes `+4930*****67`: enough to recognise, not enough to call. Anything that is short is hidden whole. */
export function maskNumber(number: string): string {
  const shown = number.replace(/[^\d+*#a-z]/gi, '').slice(0, 20)
  if (shown.length < 7) return '*'.repeat(shown.length)
  return `${shown.slice(0, 5)}${'*'.repeat(shown.length - 7)}${shown.slice(-2)}`
}
