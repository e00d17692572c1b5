'use client'

import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useMemo } from 'react'
import { forgetAllKept } from '#ui/platform/kept.ts'
import { type LinkProps, type Platform, PlatformProvider, type Session } from '#ui/platform/port.ts'
import { forgetPrivatePages } from '#ui/worker/page.ts'

const cookie = () => import('#ui/api/account.ts').then(({ cookieSession }) => cookieSession)

/** In every page's download, so only what leads to it: one signs in or out once, and waits for the service anyway. */
const browserSession: Session = {
  signIn: async (...asked) => (await cookie()).signIn(...asked),
  signInWithCode: async (...asked) => (await cookie()).signInWithCode(...asked),
  register: async (...asked) => (await cookie()).register(...asked),
  async signOut(client) {
    await (await cookie()).signOut(client)
    await forgetPrivatePages()
  },
}

/** Next's own link brings along a machinery for reading ahead that nothing here uses. */
function WebLink({ href, replace, onClick, ...rest }: LinkProps) {
  const router = useRouter()
  return (
    <a
      {...rest}
      href={href}
      onClick={event => {
        onClick?.(event)
        const isForBrowser =
          event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || rest.target || rest.download !== undefined
        if (event.defaultPrevented || isForBrowser) return
        event.preventDefault()
        if (replace) router.replace(href)
        else router.push(href)
      }}
    />
  )
}

/** The screens' platform in the browser: Next's router, the session cookie. */
export function WebPlatform({ children }: { children: ReactNode }) {
  const router = useRouter()
  const platform = useMemo<Platform>(
    () => ({
      kind: 'web',
      serverUrl: '',
      tokens: null,
      session: browserSession,
      Link: WebLink,
      usePath: usePathname,
      navigate: (path, { replace } = {}) => (replace ? router.replace(path) : router.push(path)),
      move: (path, { replace } = {}) =>
        replace ? window.history.replaceState(null, '', path) : window.history.pushState(null, '', path),
      refresh: () => router.refresh(),
      restart: path => {
        forgetAllKept()
        window.location.assign(path)
      },
    }),
    [router],
  )
  return <PlatformProvider value={platform}>{children}</PlatformProvider>
}
