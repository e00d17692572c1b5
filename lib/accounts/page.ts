import { cookies } from 'next/headers'
import type { Actor } from './actor.ts'
import { plainCookie, secureCookie } from './cookie.ts'
import { actorOfCookies } from './identity.ts'

/** Who looks at a page: for server components. Null when nobody is signed in. */
export async function pageActor(): Promise<Actor | null> {
  const jar = await cookies()
  const header = [secureCookie, plainCookie]
    .flatMap(name => {
      const value = jar.get(name)?.value
      return value ? [`${name}=${value}`] : []
    })
    .join('; ')
  return header ? actorOfCookies(header) : null
}
