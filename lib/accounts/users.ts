import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import { removeAccount } from './account.ts'
import type { Actor } from './actor.ts'
import type { UserChange, UserDto, UserQuery } from './contract.ts'
import { doubt, endLive } from './live.ts'
import { foldEmail, foldName } from './names.ts'
import { refuseWeak, storePassword } from './password.ts'
import { canManageUsers } from './policy.ts'
import { createUser, type NewUser } from './registration.ts'
import { revokeSessions } from './sessions-repo.ts'
import { countOtherAdmins, findUser, findUserByName, selectUsers, type UserRow, updateUser } from './users-repo.ts'

export async function listUsers(actor: Actor, query: UserQuery): Promise<{ users: UserDto[]; next: number | null }> {
  requireManaging(actor)
  const rows = await selectUsers(await database(), query)
  const shown = rows.slice(0, query.limit)
  return { users: shown.map(toUserDto), next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null }
}

export async function addUser(actor: Actor, input: NewUser): Promise<UserDto> {
  requireManaging(actor)
  // They share a house: its language and its clock are the best guess until they choose their own.
  const chief = await findUser(await database(), actor.userId)
  const language = chief?.language === 'de' ? 'de' : 'en'
  const by = { userId: actor.userId, username: actor.username }
  return toUserDto(await createUser({ language, timeZone: chief?.timeZone, ...input }, by))
}

/** Activates, deactivates, promotes or demotes. A deactivated user is out at once; the last administrator stays one. */
export async function changeUser(actor: Actor, id: number, change: UserChange): Promise<UserDto> {
  requireManaging(actor)
  const by = { userId: actor.userId, username: actor.username }
  return applyChange(id, change, by)
}

/** The same for the command line, which needs no administrator. */
export async function applyChange(
  id: number,
  { isActive, role }: UserChange,
  by: { userId?: number; username?: string } = {},
): Promise<UserDto> {
  const db = await database()
  const before = await requireUser(id)
  const at = now()
  await db.write(function* (tx) {
    const losesAdmin = before.role === 'admin' && (role === 'member' || isActive === false)
    if (losesAdmin && (yield* countOtherAdmins(tx, db.tables, id)) === 0) {
      throw new AppError('conflict', 'The last administrator must stay one.')
    }
    yield* updateUser(tx, db.tables, id, {
      ...(isActive === undefined ? {} : { isActive: isActive ? 1 : 0 }),
      ...(role === undefined ? {} : { role }),
      ...(isActive === false ? { signedOutAt: at } : {}),
    })
    if (isActive === false) yield* revokeSessions(tx, db.tables, id, at)
    const target = before.username
    if (isActive !== undefined && isActive !== (before.isActive === 1)) {
      yield* audit(tx, db.tables, { action: isActive ? 'users.activated' : 'users.deactivated', ...by, target })
    }
    if (role !== undefined && role !== before.role) {
      yield* audit(tx, db.tables, { action: role === 'admin' ? 'users.promoted' : 'users.demoted', ...by, target })
    }
  })
  if (isActive === false) endLive({ userId: id })
  else doubt(id)
  return toUserDto(await requireUser(id))
}

/** Sets a new password for somebody who forgot theirs, and takes a lost second factor away. All their sessions end. */
export async function resetPassword(actor: Actor, id: number, password: string): Promise<void> {
  requireManaging(actor)
  await applyPassword(id, password, { userId: actor.userId, username: actor.username })
}

/** The same for the command line. */
export async function applyPassword(id: number, password: string, by: { userId?: number; username?: string } = {}) {
  const user = await requireUser(id)
  refuseWeak(password, user)
  await storePassword(id, password, { audited: { action: 'password.reset', ...by, target: user.username } })
  const db = await database()
  await db.write(tx =>
    updateUser(tx, db.tables, id, { totpSealed: null, totpEnabledAt: null, totpStep: null, recoveryHashes: null }),
  )
}

export async function deleteUserAs(actor: Actor, id: number): Promise<void> {
  requireManaging(actor)
  const user = await requireUser(id)
  await removeAccount(user, {
    action: 'users.deleted',
    userId: actor.userId,
    username: actor.username,
    target: user.username,
  })
}

/** By username or e-mail, for the command line. */
export async function findUserNamed(name: string): Promise<UserDto | null> {
  const user = await findUserByName(await database(), { username: foldName(name), email: foldEmail(name) })
  return user && toUserDto(user)
}

async function requireUser(id: number): Promise<UserRow> {
  const user = await findUser(await database(), id)
  if (!user) throw new AppError('not_found', 'User not found')
  return user
}

function requireManaging(actor: Actor): void {
  if (!canManageUsers(actor)) throw new AppError('forbidden', 'Only an administrator may do that.')
}

export function toUserDto(row: UserRow): UserDto {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    role: row.role,
    isActive: row.isActive === 1,
    createdAt: row.createdAt,
    lastLogin: row.lastLogin,
    hasTwoFactor: row.totpEnabledAt !== null,
  }
}
