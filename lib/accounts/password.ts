import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import type { Actor } from './actor.ts'
import { weaknessOf } from './contract.ts'
import { hashPassword, verifyPassword } from './hashing.ts'
import { endLive } from './live.ts'
import { canManageAccount } from './policy.ts'
import { revokeSessions } from './sessions-repo.ts'
import { noteFailure, noteSuccess, slowDown } from './throttle.ts'
import { findUser, updateUser } from './users-repo.ts'

/** Throws `weak_password` with the rule that a password breaks. */
export function refuseWeak(password: string, { username, email }: { username: string; email?: string }): void {
  const weakness = weaknessOf(password, email === undefined ? [username] : [username, email])
  if (weakness) throw new AppError('weak_password', `Weak password: ${weakness}`)
}

/** Asks for the password again before something that a left-open browser must not do. */
export async function provePassword(userId: number, password: string | undefined): Promise<void> {
  if (password === undefined) throw new AppError('invalid', 'password is required.')
  const account = `proof ${userId}`
  await slowDown(account, async () => false)
  const user = await findUser(await database(), userId)
  if (!(await verifyPassword(user?.passwordHash ?? null, password))) {
    noteFailure(account)
    throw new AppError('forbidden', 'The password is wrong.')
  }
  noteSuccess(account)
}

/** Changes the password and ends every other session, and every token of the first service. */
export async function changePassword(actor: Actor, change: { current: string; next: string }): Promise<void> {
  if (!canManageAccount(actor)) throw new AppError('forbidden', 'Sign in to change the password.')
  await provePassword(actor.userId, change.current)
  refuseWeak(change.next, actor)
  await storePassword(actor.userId, change.next, {
    keepSession: actor.sessionId,
    audited: { action: 'password.changed', userId: actor.userId, username: actor.username },
  })
}

type Storing = { keepSession?: string | undefined; audited: Parameters<typeof audit>[2] }

/** Stores a new password; everything that was signed in with the old one ends. */
export async function storePassword(
  userId: number,
  password: string,
  { keepSession, audited }: Storing,
): Promise<void> {
  const passwordHash = await hashPassword(password)
  const db = await database()
  const at = now()
  const ended = await db.write(function* (tx) {
    yield* updateUser(tx, db.tables, userId, { passwordHash, signedOutAt: at })
    yield* audit(tx, db.tables, audited)
    return yield* revokeSessions(tx, db.tables, userId, at, keepSession)
  })
  for (const sessionId of ended) endLive({ userId, sessionId })
}
