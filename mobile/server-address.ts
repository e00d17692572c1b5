import { Preferences } from '@capacitor/preferences'
import { judgeTransport } from '#ui/platform/transport-rule.ts'

const key = 'server'
const checkTimeoutMs = 8_000

/** The server that this phone belongs to, without a slash at the end, or null before the first connection. */
export async function readServer(): Promise<string | null> {
  return (await Preferences.get({ key })).value
}

export async function saveServer(address: string): Promise<void> {
  await Preferences.set({ key, value: address })
}

export async function forgetServer(): Promise<void> {
  await Preferences.remove({ key })
}

/** `calls.example.com` means https; a scheme that was typed is kept, a path and a slash at the end are not. */
export function normaliseAddress(typed: string): string {
  const text = typed.trim()
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`
  return URL.canParse(withScheme) ? new URL(withScheme).origin : text
}

export type Check = 'fine' | 'refused' | 'unreachable' | 'unsafe' | 'another_service'

/** Asks the address who it is. Nothing secret is sent before it has answered as this service does. */
export async function checkServer(address: string): Promise<Check> {
  if (judgeTransport(address) === 'refused') return 'refused'
  try {
    const response = await fetch(`${address}/health`, {
      headers: { accept: 'application/json' },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(checkTimeoutMs),
    })
    const health = (await response.json()) as { version?: unknown; components?: object }
    const isOurs = typeof health.version === 'string' && 'user_manager' in (health.components ?? {})
    return isOurs ? 'fine' : 'another_service'
  } catch (error) {
    if (error instanceof SyntaxError) return 'another_service'
    // A web view does not tell a wrong certificate from nobody there; neither is ever talked to.
    return address.startsWith('https:') ? 'unsafe' : 'unreachable'
  }
}
