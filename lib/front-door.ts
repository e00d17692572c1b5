import { version } from './version.ts'

/** What `GET /` answers to a script. */
export const serviceInfo = { service: 'AI Call Service', version, status: 'running' } as const

/** A browser names text/html, and navigating inside the page carries Next's own header; everything else is a script. */
export function isScript(method: string | undefined, header: (name: string) => string | null | undefined): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return !header('rsc') && !header('accept')?.includes('text/html')
}
