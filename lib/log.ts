import pino from 'pino'
import { once } from './once.ts'

/** Structured log on standard output. Secrets and bodies are never passed to it; numbers only through `maskNumber`. */
export const log = once('log', () =>
  pino({
    level: process.env.LOG_LEVEL || 'info',
    base: undefined,
    redact: {
      paths: ['password', '*.password', 'token', '*.token', 'authorization', '*.authorization', 'api_key', '*.api_key'],
      censor: '***',
    },
  }),
)

/** `+49301234567` becomes `+4930*****67`: enough to recognise, not enough to call. Anything that is short is hidden whole. */
export function maskNumber(number: string): string {
  const shown = number.replace(/[^\d+*#a-z]/gi, '').slice(0, 20)
  if (shown.length < 7) return '*'.repeat(shown.length)
  return `${shown.slice(0, 5)}${'*'.repeat(shown.length - 7)}${shown.slice(-2)}`
}
