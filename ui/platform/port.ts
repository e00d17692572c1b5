import { type AnchorHTMLAttributes, type ComponentType, createContext, use } from 'react'
import type { Registration, SignIn } from '#lib/accounts/contract.ts'
import type { Client } from '../api/client.ts'

export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { href: string; replace?: boolean }

/** What the bearer client keeps between starts; the browser keeps nothing here, its cookie is not for scripts. */
export type TokenStore = {
  read(): Promise<string | null>
  /** A newer token after a refresh, or null when the person must sign in again. */
  renew(): Promise<string | null>
}

/**
 * How one gets in and out: the browser by a cookie, the app by tokens that it keeps. When a code is asked for as well,
 * `signIn` throws an ApiError `second_factor` with the `ticket` for `signInWithCode`.
 */
export type Session = {
  signIn(client: Client, input: SignIn): Promise<unknown>
  signInWithCode(client: Client, ticket: string, code: string): Promise<unknown>
  register(client: Client, input: Registration): Promise<unknown>
  signOut(client: Client): Promise<void>
}

/**
 * What the screens need of the place they run in. The web gives Next's router and a cookie, the Android app a hash
 * router and a bearer token; the screens do not know which.
 */
export type Platform = {
  kind: 'web' | 'app'
  /** '' in the browser: same origin. */
  serverUrl: string
  tokens: TokenStore | null
  session: Session
  Link: ComponentType<LinkProps>
  /** The path without query, `/inbox/call-1`. */
  usePath(): string
  /** Another page, with what the server has to say about it. */
  navigate(path: string, options?: { replace?: boolean }): void
  /** Another state of the page that stands: only the address changes. */
  move(path: string, options?: { replace?: boolean }): void
  /** Server-rendered parts of this page are read again. */
  refresh(): void
  /** After signing in or out: everything starts afresh, nothing of the last person stays in memory. */
  restart(path: string): void
}

const PlatformContext = createContext<Platform | null>(null)
export const PlatformProvider = PlatformContext.Provider

export function usePlatform(): Platform {
  const platform = use(PlatformContext)
  if (!platform) throw new Error('usePlatform needs a PlatformProvider')
  return platform
}
