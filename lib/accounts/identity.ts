import type { Database } from '../../db/open.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { log } from '../log.ts'
import { hashSecret } from '../secrets.ts'
import type { Actor, Scope } from './actor.ts'
import { findCookies, readCookie } from './cookie.ts'
import { identityQueries, isKeyLive, noteSeen, noteUsed } from './identity-repo.ts'
import { believe, believedActor } from './live.ts'
import { readToken, tokenLifeS } from './tokens.ts'

const whole: readonly Scope[] = ['all']
const noteEveryMs = 60_000
const clockSkewMs = 60_000

type Options = { acceptsOldTokens?: boolean; atMs?: number }
type UserRow = {
  userId: number
  username: string
  role: Actor['role']
  isActive: number
  signedOutAt: string | null
}

/**
 * Who is asking: by bearer token, else by API key, else by the browser's cookie. Null when the request names nobody;
 * `unauthenticated` when all that it offers is wrong.
 */
export async function findActor(request: Request, options: Options = {}): Promise<Actor | null> {
  const { headers } = request
  const atMs = options.atMs ?? Date.now()
  const authorization = headers.get('authorization')
  const token = authorization === null ? null : bearerOf(authorization)
  const byBearer = token ? await byToken(token, options.acceptsOldTokens ?? false, atMs) : null
  if (byBearer) return byBearer
  const key = headers.get('x-api-key')
  const byHeader = key ? await byKey(key, atMs) : null
  if (byHeader) return byHeader
  const cookie = headers.get('cookie')
  const byCookie = cookie ? await actorOfCookies(cookie, atMs) : null
  if (byCookie) return byCookie
  if (authorization !== null || key !== null || findCookies(cookie).length > 0) {
    throw new AppError('unauthenticated', 'Authentication required')
  }
  return null
}

/** As findActor, and nobody is `unauthenticated` too. */
export async function requireActor(request: Request, options: Options = {}): Promise<Actor> {
  const actor = await findActor(request, options)
  if (!actor) throw new AppError('unauthenticated', 'Authentication required')
  return actor
}

/** Acts for an owner without a request: the agent, the command line, a webhook that is due. */
export function systemActor(userId: number, username = ''): Actor {
  return { userId, username, role: 'member', via: 'system', scopes: whole }
}

/** Whether what an actor came in with still holds; long connections ask now and then, because another process may have ended it. */
export async function isSessionLive(actor: Actor, atMs = Date.now()): Promise<boolean> {
  const db = await database()
  if (actor.sessionId !== undefined) return (await liveSession(db, actor.sessionId, atMs)) !== null
  const [user] = await identityQueries(db).user.execute({ id: actor.userId })
  if (user?.isActive !== 1) return false
  return actor.keyId === undefined || (await isKeyLive(db, actor.keyId))
}

/** Whether a session of this id is open, whosever it is. */
export async function isSessionOpen(id: string, atMs = Date.now()): Promise<boolean> {
  return (await liveSession(await database(), id, atMs)) !== null
}

const bearerOf = (authorization: string) => /^bearer +([^\s]+)$/i.exec(authorization)?.[1] ?? null

async function byToken(token: string, acceptsOldTokens: boolean, atMs: number): Promise<Actor | null> {
  const believed = believedActor(token, atMs)
  if (believed?.via === 'token' || (believed?.via === 'old_token' && acceptsOldTokens)) return believed
  const claims = readToken(token, atMs)
  if (!claims) return null
  const db = await database()
  if (claims.sid !== undefined) {
    const session = await liveSession(db, claims.sid, atMs)
    if (session?.userId !== claims.user_id) return null
    const actor: Actor = { ...identityOf(session), via: 'token', sessionId: claims.sid }
    believe(token, actor, atMs, claims.exp * 1000)
    return actor
  }
  if (!acceptsOldTokens) return null
  const [user] = await identityQueries(db).user.execute({ id: claims.user_id })
  if (!user || !isOldTokenValid(claims, user, atMs)) return null
  const actor: Actor = { ...identityOf(user), via: 'old_token' }
  believe(token, actor, atMs, claims.exp * 1000)
  return actor
}

/** An old token cannot be revoked alone: it must be short-lived, name its user, and be younger than "signed out everywhere". */
function isOldTokenValid(claims: { username: string; exp: number }, user: UserRow, atMs: number): boolean {
  const issuedMs = (claims.exp - tokenLifeS) * 1000
  return (
    user.isActive === 1 &&
    claims.username === user.username &&
    issuedMs <= atMs + clockSkewMs &&
    (user.signedOutAt === null || toInstant(issuedMs) > user.signedOutAt)
  )
}

async function byKey(key: string, atMs: number): Promise<Actor | null> {
  if (!/^aisk_[A-Za-z0-9_-]{43}$/.test(key)) return null
  const believed = believedActor(key, atMs)
  if (believed) return believed
  const db = await database()
  const [row] = await identityQueries(db).key.execute({ hash: hashSecret(key) })
  if (row?.isActive !== 1) return null
  const actor: Actor = { ...identityOf(row), via: 'key', keyId: row.keyId, scopes: row.scopes as Scope[] }
  believe(key, actor, atMs)
  if (isDue(row.lastUsedAt, atMs)) inBackground(noteUsed(db, row.keyId, toInstant(atMs)))
  return actor
}

/** The actor of a Cookie header, also for pages, which have no Request. */
export async function actorOfCookies(header: string, atMs = Date.now()): Promise<Actor | null> {
  for (const cookie of findCookies(header)) {
    const credential = `${cookie.name}=${cookie.value}`
    const believed = believedActor(credential, atMs)
    if (believed) return believed
    const claims = await readCookie(cookie)
    if (!claims) continue
    const session = await liveSession(await database(), claims.sid, atMs)
    if (!session || String(session.userId) !== claims.sub) continue
    const actor: Actor = { ...identityOf(session), via: 'session', sessionId: claims.sid }
    believe(credential, actor, atMs)
    return actor
  }
  return null
}

async function liveSession(db: Database, id: string, atMs: number) {
  const [row] = await identityQueries(db).session.execute({ id })
  if (row?.isActive !== 1 || row.revokedAt !== null || row.expiresAt <= toInstant(atMs)) return null
  if (isDue(row.seenAt, atMs)) inBackground(noteSeen(db, id, toInstant(atMs)))
  return row
}

const identityOf = ({ userId, username, role }: UserRow) => ({ userId, username, role, scopes: whole })
const isDue = (last: string | null, atMs: number) => last === null || last < toInstant(atMs - noteEveryMs)

/** Bookkeeping never fails the request that caused it. */
function inBackground(work: Promise<unknown>): void {
  work.catch(error => log.warn({ err: error }, 'could not note that a credential was used'))
}
