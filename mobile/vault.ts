import { SecureStorage } from '@aparajita/capacitor-secure-storage'
import type { KeptSession, Vault } from './tokens.ts'

const key = 'session'

/** The Android Keystore (AES-GCM). Nothing of a session is ever in localStorage or in Preferences. */
export const keystore: Vault = {
  async read() {
    const kept = await SecureStorage.get(key)
    return isSession(kept) ? kept : null
  },
  write: session => SecureStorage.set(key, session),
  async clear() {
    await SecureStorage.remove(key)
  },
}

function isSession(value: unknown): value is KeptSession {
  const session = value as Partial<KeptSession> | null
  return typeof session?.token === 'string' && typeof session.server === 'string'
}
