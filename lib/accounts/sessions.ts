import { randomUUID } from 'node:crypto'
import type { Orm } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'
import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { hashSecret, randomSecret } from '../secrets.ts'
import type { Actor } from './actor.ts'
import type { RefreshAnswer, SessionDto } from './contract.ts'
import { doubt, endLive } from './live.ts'
import {
  extendSession,
  insertRefreshToken,
  insertSession,
  revokeSession,
  revokeSessions,
  selectRefreshToken,
  selectSessions,
  spendRefreshToken,
} from './sessions-repo.ts'
import { signToken, tokenLifeS } from './tokens.ts'
import { updateUser } from './users-repo.ts'

/** Where somebody signs in from; shown to them in the list of their sessions. */
export type Client = { address: string; userAgent: string }

export const rememberedLifeS = 30 * 24 * 60 * 60

type NewSession = { userId: number; kind: 'web' | 'token'; client: Client; remember: boolean; atMs: number }

/** Opens a session inside a unit of work: for a day, or for thirty when it is to be remembered. */
export function* openSession(tx: Orm, tables: Tables, { userId, kind, client, remember, atMs }: NewSession) {
  const id = randomUUID()
  const lifeS = remember ? rememberedLifeS : tokenLifeS
  const at = toInstant(atMs)
  yield* insertSession(tx, tables, {
    id,
    userId,
    kind,
    userAgent: client.userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 200),
    address: client.address,
    createdAt: at,
    seenAt: at,
    expiresAt: toInstant(atMs + lifeS * 1000),
  })
  return id
}

/** Gives a session a refresh token: what "remember me" keeps. */
export function* openRefresh(tx: Orm, tables: Tables, sessionId: string, atMs: number) {
  const token = `aisr_${randomSecret()}`
  yield* insertRefreshToken(tx, tables, {
    sessionId,
    hash: hashSecret(token),
    createdAt: toInstant(atMs),
    expiresAt: toInstant(atMs + rememberedLifeS * 1000),
  })
  return token
}

/**
 * Exchanges a refresh token for a new one and a new JWT. A token that was used before was copied: by whom is not known, so
 * the whole session ends.
 */
export async function refreshSession(token: string, client: Client, atMs = Date.now()): Promise<RefreshAnswer> {
  const db = await database()
  const at = toInstant(atMs)
  const result = await db.write(function* (tx) {
    const row = yield* selectRefreshToken(tx, db.tables, hashSecret(token))
    if (!row || row.revokedAt !== null || row.isActive !== 1 || row.expiresAt <= at) return null
    if (!(yield* spendRefreshToken(tx, db.tables, row.id, at))) {
      yield* revokeSession(tx, db.tables, row.userId, row.sessionId, at)
      const { userId, username } = row
      yield* audit(tx, db.tables, { action: 'auth.refresh_reused', userId, username, address: client.address })
      return { kind: 'reused' as const, row }
    }
    const next = yield* openRefresh(tx, db.tables, row.sessionId, atMs)
    const expiresAt = toInstant(atMs + rememberedLifeS * 1000)
    yield* extendSession(tx, db.tables, row.sessionId, { expiresAt, seenAt: at })
    return { kind: 'renewed' as const, row, next }
  })
  if (result?.kind === 'reused') endLive({ userId: result.row.userId, sessionId: result.row.sessionId })
  if (result?.kind !== 'renewed') {
    throw new AppError('unauthenticated', 'This sign-in has ended. Please sign in again.')
  }
  const { row, next } = result
  const signed = signToken({ id: row.userId, username: row.username }, row.sessionId, atMs)
  return { token: signed, refresh_token: next, expires_in: tokenLifeS }
}

export async function listSessions(actor: Actor, atMs = Date.now()): Promise<SessionDto[]> {
  const rows = await selectSessions(await database(), actor.userId, toInstant(atMs))
  return rows.map(row => ({
    id: row.id,
    kind: row.kind,
    userAgent: row.userAgent,
    address: row.address,
    createdAt: row.createdAt,
    seenAt: row.seenAt,
    expiresAt: row.expiresAt,
    isCurrent: row.id === actor.sessionId,
  }))
}

/** Ends one session of the actor's own. */
export async function endSession(actor: Actor, sessionId: string, atMs = Date.now()): Promise<void> {
  const db = await database()
  const { userId, username } = actor
  const isEnded = await db.write(function* (tx) {
    const found = yield* revokeSession(tx, db.tables, userId, sessionId, toInstant(atMs))
    const action = sessionId === actor.sessionId ? ('auth.logout' as const) : ('sessions.revoked' as const)
    if (found) yield* audit(tx, db.tables, { action, userId, username })
    return found
  })
  if (!isEnded) throw new AppError('not_found', 'Session not found')
  endLive({ userId, sessionId })
}

/** Signs the actor out: ends the session that the request came in with. A key or an old token has none, and stays as it is. */
export async function logout(actor: Actor): Promise<void> {
  if (actor.sessionId !== undefined) await endSession(actor, actor.sessionId)
}

/** Ends every session, the actor's own too, unless it is to be kept; and every token of the first service. API keys stay. */
export async function signOutEverywhere(actor: Actor, keepsCurrent: boolean, atMs = Date.now()): Promise<number> {
  const db = await database()
  const { userId, username } = actor
  const at = toInstant(atMs)
  const ended = await db.write(function* (tx) {
    const ids = yield* revokeSessions(tx, db.tables, userId, at, keepsCurrent ? actor.sessionId : undefined)
    yield* updateUser(tx, db.tables, userId, { signedOutAt: at })
    yield* audit(tx, db.tables, { action: 'auth.signed_out_everywhere', userId, username })
    return ids
  })
  doubt(userId)
  for (const sessionId of ended) endLive({ userId, sessionId })
  return ended.length
}
