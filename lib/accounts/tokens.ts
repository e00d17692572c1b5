import { createSigner, createVerifier } from 'fast-jwt'
import { once } from '../once.ts'
import { jwtSecret } from '../secrets.ts'

export const tokenLifeS = 24 * 60 * 60

/** What a token of ours says. Tokens of the first service have no `sid`. */
export type Claims = { user_id: number; username: string; exp: number; sid?: string }

type Jwt = { sign: (claims: Claims) => string; verify: (token: string) => unknown }

const jwt = () =>
  once('accounts.jwt', (): Jwt => {
    const key = jwtSecret()
    return {
      sign: createSigner({ key, algorithm: 'HS256', noTimestamp: true }),
      verify: createVerifier({ key, algorithms: ['HS256'], ignoreExpiration: true, cache: false }),
    }
  })

/** Signs a token for 24 hours. */
export function signToken(user: { id: number; username: string }, sessionId: string, atMs: number): string {
  const exp = Math.floor(atMs / 1000) + tokenLifeS
  return jwt().sign({ user_id: user.id, username: user.username, exp, sid: sessionId })
}

/** The claims of a token that we (or the first service, with the same secret) signed and that has not expired; else null. */
export function readToken(token: string, atMs: number): Claims | null {
  if (token.length > 2048 || token.split('.').length !== 3) return null
  let claims: unknown
  try {
    claims = jwt().verify(token)
  } catch {
    return null
  }
  return isClaims(claims) && claims.exp * 1000 > atMs ? claims : null
}

function isClaims(value: unknown): value is Claims {
  if (typeof value !== 'object' || value === null) return false
  const { user_id, username, exp, sid } = value as Record<string, unknown>
  return (
    typeof user_id === 'number' &&
    Number.isSafeInteger(user_id) &&
    user_id > 0 &&
    typeof username === 'string' &&
    typeof exp === 'number' &&
    Number.isFinite(exp) &&
    (sid === undefined || typeof sid === 'string')
  )
}
