import type { TokenStore } from '#ui/platform/port.ts'

/** A session as the phone holds it. Without `refreshToken` it ends with its token, after a day. */
export type KeptSession = { token: string; refreshToken: string | null; server: string }

/** Where a session outlives the app: the Android Keystore in the app, a fake in tests. */
export type Vault = {
  read(): Promise<KeptSession | null>
  write(session: KeptSession): Promise<void>
  clear(): Promise<void>
}

export type Tokens = TokenStore & {
  /** `remember` decides whether it is written to the vault or held in memory. */
  begin(session: Omit<KeptSession, 'server'>, options: { remember: boolean }): Promise<void>
  end(): Promise<void>
}

/**
 * Tokens of one server. A session that was kept for another server is never sent to this one. Renewing happens once at
 * a time: a refresh token that is used twice ends the session.
 */
export function createTokens(server: string, vault: Vault, send: typeof fetch = (...args) => fetch(...args)): Tokens {
  let session: KeptSession | null = null
  let isRemembered = false
  let loading: Promise<void> | undefined
  let renewing: Promise<string | null> | undefined

  /** A vault that cannot be opened (the Keystore was reset) means: signed out. */
  async function load() {
    const kept = await vault.read().catch(() => null)
    if (kept?.server !== server || session) return
    session = kept
    isRemembered = true
  }
  const ready = () => {
    loading ??= load()
    return loading
  }

  async function end() {
    await ready()
    session = null
    isRemembered = false
    await vault.clear().catch(() => {})
  }

  async function renew(): Promise<string | null> {
    await ready()
    if (!session?.refreshToken) return null
    const response = await send(`${server}/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: session.refreshToken }),
      credentials: 'omit',
      cache: 'no-store',
    }).catch(() => null)
    // No answer is no verdict: the session may be fine once the network is back.
    if (!response || response.status >= 500 || response.status === 429) return null
    if (!response.ok) {
      await end()
      return null
    }
    const answer = (await response.json()) as { token: string; refresh_token: string }
    session = { server, token: answer.token, refreshToken: answer.refresh_token }
    if (isRemembered) await vault.write(session)
    return session.token
  }

  return {
    async read() {
      await ready()
      return session?.token ?? null
    },
    renew() {
      renewing ??= renew().finally(() => {
        renewing = undefined
      })
      return renewing
    },
    async begin({ token, refreshToken }, { remember }) {
      await ready()
      session = { server, token, refreshToken }
      isRemembered = remember
      if (remember) await vault.write(session)
      else await vault.clear()
    },
    end,
  }
}
