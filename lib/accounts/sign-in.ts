import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { log } from '../log.ts'
import type { LoginAnswer } from './contract.ts'
import { hashPassword, isOutdated, verifyPassword } from './hashing.ts'
import { firstKey } from './keys.ts'
import { foldEmail, foldName } from './names.ts'
import { type Client, openRefresh, openSession } from './sessions.ts'
import { hasSessionFrom } from './sessions-repo.ts'
import { noteFailure, noteSuccess, slowDown } from './throttle.ts'
import { issueTicket } from './tickets.ts'
import { signToken, tokenLifeS } from './tokens.ts'
import { findUserByName, type UserRow, updateUser } from './users-repo.ts'

export type Entry = { kind: 'web' | 'token'; remember: boolean; client: Client }
export type SignedIn = { user: UserRow; sessionId: string; remember: boolean; refreshToken?: string; key?: string }
export type SignInOutcome = { needs: 'code'; ticket: string } | ({ needs: null } & SignedIn)

const wrong = () => new AppError('unauthenticated', 'Invalid username or password')

/** Checks name (or e-mail) and password. The answer and the time are the same for an unknown name and a wrong password. */
export async function signIn(
  { username, password }: { username: string; password: string },
  entry: Entry,
): Promise<SignInOutcome> {
  const db = await database()
  const keys = { username: foldName(username), email: foldEmail(username) }
  const user = await findUserByName(db, keys)
  const account = user ? `login ${user.id}` : `login ${keys.username}`
  await slowDown(account, async () => user !== null && hasSessionFrom(db, user.id, entry.client.address))
  const fits = await verifyPassword(user?.passwordHash ?? null, password)
  if (!user || !fits || user.isActive !== 1) {
    noteFailure(account)
    if (user) noteFailedLogin(user, entry.client)
    throw wrong()
  }
  noteSuccess(account)
  if (isOutdated(user.passwordHash)) await renewHash(user.id, password)
  if (user.totpEnabledAt !== null) {
    const data = { remember: entry.remember }
    const { ticket } = await issueTicket('second_factor', { userId: user.id, data })
    return { needs: 'code', ticket }
  }
  return { needs: null, ...(await enter(user, entry)) }
}

/** Opens the session of somebody who has proved who they are. */
export async function enter(user: UserRow, { kind, remember, client }: Entry): Promise<SignedIn> {
  const db = await database()
  const atMs = Date.now()
  const userId = user.id
  return db.write(function* (tx) {
    const sessionId = yield* openSession(tx, db.tables, { userId, kind, client, remember, atMs })
    yield* updateUser(tx, db.tables, userId, { lastLogin: toInstant(atMs) })
    yield* audit(tx, db.tables, { action: 'auth.login', userId, username: user.username, address: client.address })
    const signedIn: SignedIn = { user, sessionId, remember }
    if (kind === 'token' && remember) signedIn.refreshToken = yield* openRefresh(tx, db.tables, sessionId, atMs)
    if (kind === 'token' && env().LOGIN_RETURNS_API_KEY) signedIn.key = yield* firstKey(tx, db.tables, userId)
    return signedIn
  })
}

/** The answer of POST /auth/login, in the words of the first service. */
export function toLoginAnswer({ user, sessionId, refreshToken, key }: SignedIn): LoginAnswer {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    ...(key === undefined ? {} : { api_key: key }),
    token: signToken(user, sessionId, Date.now()),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, expires_in: tokenLifeS }),
  }
}

async function renewHash(userId: number, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  const db = await database()
  await db.write(tx => updateUser(tx, db.tables, userId, { passwordHash }))
}

/** Not waited for: the time of the answer must not tell whether the name exists. */
function noteFailedLogin({ id: userId, username }: UserRow, { address }: Client): void {
  database()
    .then(db => db.write(tx => audit(tx, db.tables, { action: 'auth.login_failed', userId, username, address })))
    .catch(error => log.warn({ err: error }, 'a failed login could not be written down'))
}
