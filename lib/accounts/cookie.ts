import { decode, encode } from 'next-auth/jwt'
import { once } from '../once.ts'
import { derivedSecret } from '../secrets.ts'

/** The names that next-auth gives its session cookie: plain, and on https. They are the salts of its encryption as well. */
export const plainCookie = 'authjs.session-token'
export const secureCookie = '__Secure-authjs.session-token'

export const cookieSecret = () => once('accounts.cookie-secret', () => derivedSecret('next-auth cookie'))

/** What the encrypted cookie carries. */
export type CookieClaims = { sub: string; sid: string; name: string }

/** The Set-Cookie value that signs a browser in. Without `maxAgeS` the browser forgets it when it closes. */
export async function sessionCookie(
  claims: CookieClaims,
  lifeS: number,
  isSecure: boolean,
  isKept: boolean,
): Promise<string> {
  const name = isSecure ? secureCookie : plainCookie
  const value = await encode({ token: claims, secret: cookieSecret(), salt: name, maxAge: lifeS })
  return `${name}=${value}; ${attributes(isSecure)}${isKept ? `; Max-Age=${lifeS}` : ''}`
}

/** The Set-Cookie values that sign a browser out, under both names: it may have used http and https. */
export function forgettingCookies(): string[] {
  return [`${plainCookie}=; ${attributes(false)}; Max-Age=0`, `${secureCookie}=; ${attributes(true)}; Max-Age=0`]
}

const attributes = (isSecure: boolean) => `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`

/** The session cookies in a Cookie header, the secure one first. */
export function findCookies(header: string | null): { name: string; value: string }[] {
  if (!header?.includes('authjs.session-token=')) return []
  const found = header.split(';').flatMap(part => {
    const at = part.indexOf('=')
    const name = part.slice(0, at).trim()
    const value = part.slice(at + 1).trim()
    return (name === plainCookie || name === secureCookie) && value.length > 0 && value.length <= 4096
      ? [{ name, value }]
      : []
  })
  return found.sort((a, b) => b.name.length - a.name.length)
}

/** The claims in a session cookie, or null when it is not ours or has expired. */
export async function readCookie({ name, value }: { name: string; value: string }): Promise<CookieClaims | null> {
  try {
    const token = await decode({ token: value, secret: cookieSecret(), salt: name })
    const { sub, sid } = token ?? {}
    return typeof sub === 'string' && typeof sid === 'string' ? { sub, sid, name: String(token?.name ?? '') } : null
  } catch {
    return null
  }
}
