import { rm } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Audited, audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { log } from '../log.ts'
import type { Actor } from './actor.ts'
import type { Account, AccountChange, Profile } from './contract.ts'
import { identityQueries } from './identity-repo.ts'
import { doubt, endLive } from './live.ts'
import { foldEmail, foldName } from './names.ts'
import { provePassword } from './password.ts'
import { canManageAccount } from './policy.ts'
import {
  countOtherAdmins,
  deleteSomeCalls,
  deleteUser,
  findUser,
  findUserByName,
  recordingPathsOf,
  type UserRow,
  updateUser,
} from './users-repo.ts'

const callsAtOnce = 200

/** GET /user/profile: the key is masked, only register and login return it whole. */
export async function getProfile(actor: Actor): Promise<Profile> {
  const [user] = await identityQueries(await database()).profile.execute({ id: actor.userId })
  if (!user) throw new AppError('not_found', 'User not found')
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    api_key: user.hint ?? '',
    created_at: user.createdAt,
    last_login: user.lastLogin,
  }
}

export async function getAccount(actor: Actor): Promise<Account> {
  return toAccount(await requireUser(actor))
}

/** Changes language, zone and choices; a new e-mail address asks for the password, because it signs in. */
export async function changeAccount(actor: Actor, change: AccountChange): Promise<Account> {
  const user = await requireUser(actor)
  const { email, language, timeZone, preferences } = change
  if (email !== undefined && email !== user.email) await proveEmailChange(actor, user, email, change.password)
  const db = await database()
  await db.write(tx =>
    updateUser(tx, db.tables, user.id, {
      ...(email === undefined ? {} : { email, emailKey: foldEmail(email) }),
      ...(language === undefined ? {} : { language }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(preferences === undefined ? {} : { preferences: merged(user.preferences, preferences) }),
    }),
  )
  doubt(user.id)
  return getAccount(actor)
}

/** Deletes the account with everything that belongs to it: calls, recordings on disk, people, rules, keys. */
export async function deleteAccount(actor: Actor, password: string): Promise<void> {
  if (!canManageAccount(actor)) throw new AppError('forbidden', 'Sign in to delete the account.')
  await provePassword(actor.userId, password)
  const user = await requireUser(actor)
  await removeAccount(user, { action: 'account.deleted', userId: user.id, username: user.username })
}

/**
 * The account is closed at once, then its calls go in small portions, so that somebody with a million of them stops nobody
 * else's; then the rest, then the files. What cannot be removed from disk is logged, not forgotten.
 */
export async function removeAccount(user: UserRow, audited: Audited): Promise<void> {
  const db = await database()
  const paths = await recordingPathsOf(db, user.id)
  await db.write(function* (tx) {
    if (user.role === 'admin' && (yield* countOtherAdmins(tx, db.tables, user.id)) === 0) {
      throw new AppError('conflict', 'The last administrator must stay: make somebody else administrator first.')
    }
    yield* audit(tx, db.tables, audited)
    yield* updateUser(tx, db.tables, user.id, { isActive: 0 })
  })
  endLive({ userId: user.id })
  while ((await db.write(tx => deleteSomeCalls(tx, db.tables, user.id, callsAtOnce))) > 0) await nextTurn()
  await db.write(tx => deleteUser(tx, db.tables, user.id))
  const folder = resolve(env().RECORDINGS_DIR)
  for (const path of paths) {
    const file = resolve(folder, path)
    if (!file.startsWith(folder + sep)) continue
    await rm(file, { force: true }).catch(error => log.error({ err: error }, 'a recording could not be removed'))
  }
}

async function proveEmailChange(actor: Actor, user: UserRow, email: string, password: string | undefined) {
  if (!canManageAccount(actor)) throw new AppError('forbidden', 'Sign in to change the e-mail address.')
  await provePassword(actor.userId, password)
  const other = await findUserByName(await database(), { username: foldName(email), email: foldEmail(email) })
  if (other && other.id !== user.id) throw new AppError('conflict', 'Username or email already exists')
}

type Preferences = Record<string, unknown>

function merged(before: Preferences | null, change: Preferences): Preferences {
  const all = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null)
  if (all.length > 100) throw new AppError('invalid', 'preferences must have at most 100 entries.')
  return Object.fromEntries(all)
}

async function requireUser({ userId }: Actor): Promise<UserRow> {
  const user = await findUser(await database(), userId)
  if (!user) throw new AppError('not_found', 'User not found')
  return user
}

export function toAccount(row: UserRow): Account {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    role: row.role,
    language: row.language === 'de' ? 'de' : 'en',
    timeZone: row.timeZone,
    createdAt: row.createdAt,
    lastLogin: row.lastLogin,
    hasTwoFactor: row.totpEnabledAt !== null,
    preferences: row.preferences ?? {},
  }
}
