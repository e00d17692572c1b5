import { useSyncExternalStore } from 'react'
import { forgetAllKept } from './kept.ts'
import type { LinkProps, Platform, Session, TokenStore } from './port.ts'

const listeners = new Set<() => void>()

let path = '/inbox'

/** A link within the page (`#content`, which skips the navigation) is no other page. */
function pathNow(): string {
  const hash = window.location.hash.slice(1)
  if (hash.startsWith('/')) path = hash.split('?')[0] ?? '/inbox'
  return path
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('hashchange', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('hashchange', listener)
  }
}

function go(path: string, replace = false) {
  if (replace) window.history.replaceState(null, '', `#${path}`)
  else window.history.pushState(null, '', `#${path}`)
  for (const listener of listeners) listener()
}

function HashLink({ href, replace, onClick, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={`#${href}`}
      onClick={event => {
        onClick?.(event)
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        go(href, replace)
        window.scrollTo(0, 0)
      }}
    />
  )
}

/** The platform of the Android app: one page, addresses behind the #, a bearer token instead of a cookie. */
export function createHashPlatform(options: { serverUrl: string; tokens: TokenStore; session: Session }): Platform {
  return {
    kind: 'app',
    serverUrl: options.serverUrl,
    tokens: options.tokens,
    session: options.session,
    Link: HashLink,
    usePath: () => useSyncExternalStore(subscribe, pathNow, () => '/inbox'),
    navigate: (path, { replace } = {}) => go(path, replace),
    move: (path, { replace } = {}) => go(path, replace),
    refresh: () => {},
    restart: path => {
      forgetAllKept()
      go(path, true)
      window.location.reload()
    },
  }
}
