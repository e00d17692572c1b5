import type { Orm } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'
import { foldEmail, foldName, sealKey } from '../accounts/index.ts'
import { database } from '../database.ts'
import { now, toInstant } from '../instant.ts'
import { createDefaultLine } from '../lines/index.ts'
import { hashSecret } from '../secrets.ts'
import { convertCall, convertInstant } from './convert.ts'
import * as repo from './repo.ts'
import { type OldCall, type OldDatabase, type OldUser, openOldDatabase } from './repo-old.ts'

export type ImportReport = {
  users: { added: string[]; known: string[]; refused: { username: string; reason: string }[] }
  calls: { added: number; known: number; withoutOwner: number }
}

const callsAtOnce = 200

/**
 * Takes over the accounts and calls of the first service's users.db, while this service runs or not. Passwords, API keys
 * and, where they are free, the ids stay, so that people, scripts and tokens notice nothing. Running it again adds only what is new.
 */
export async function importFirstService(path: string): Promise<ImportReport> {
  const old = openOldDatabase(path)
  const report: ImportReport = {
    users: { added: [], known: [], refused: [] },
    calls: { added: 0, known: 0, withoutOwner: old.strayCalls },
  }
  try {
    for (const user of old.users) {
      const userId = await importUser(user, report)
      if (userId !== null) await importCalls(old, user, userId, report)
    }
    return report
  } finally {
    old.close()
  }
}

async function importUser(user: OldUser, { users }: ImportReport): Promise<number | null> {
  const db = await database()
  const { username } = user
  const result = await db.write(function* (tx) {
    const { byName, byEmail } = yield* repo.findByKeys(tx, db.tables, foldName(username), foldEmail(user.email))
    if (byName && byName.id === byEmail?.id) return { known: byName.id }
    if (byName) return { reason: 'another account has this name' }
    if (byEmail) return { reason: 'another account has this e-mail address' }
    return { added: yield* addUser(tx, db.tables, user) }
  })
  if (result.added !== undefined) users.added.push(username)
  else if (result.known !== undefined) users.known.push(username)
  else users.refused.push({ username, reason: result.reason })
  return result.added ?? result.known ?? null
}

function* addUser(tx: Orm, tables: Tables, user: OldUser) {
  const at = now()
  const isFree = (yield* repo.findById(tx, tables, user.id)) === null
  const createdAt = convertInstant(user.created_at, at)
  const id = yield* repo.insertUser(tx, tables, {
    // Tokens of the first service name the id.
    ...(isFree ? { id: user.id } : {}),
    username: user.username,
    email: user.email,
    passwordHash: user.password_hash,
    createdAt,
    lastLogin: user.last_login ? convertInstant(user.last_login, createdAt) : null,
    isActive: user.is_active === 0 ? 0 : 1,
    usernameKey: foldName(user.username),
    emailKey: foldEmail(user.email),
  })
  yield* createDefaultLine(tx, tables, { userId: id })
  if (user.api_key?.startsWith('aisk_')) {
    yield* repo.insertKey(tx, tables, {
      userId: id,
      name: 'First key',
      kind: 'first',
      scopes: ['all'],
      hash: hashSecret(user.api_key),
      hint: `${user.api_key.slice(0, 7)}…${user.api_key.slice(-4)}`,
      sealed: sealKey(user.api_key),
      createdAt: at,
    })
  }
  return id
}

async function importCalls(old: OldDatabase, user: OldUser, userId: number, { calls }: ImportReport): Promise<void> {
  const db = await database()
  // An instant that cannot be read must be the same each time, so that a second import finds the call again.
  const at = convertInstant(user.created_at, toInstant(0))
  let group: OldCall[] = []
  const store = async () => {
    const rows = group.map(call => convertCall(call, at))
    group = []
    const added = await db.write(tx =>
      repo.insertCalls(
        tx,
        db.tables,
        userId,
        rows.map(row => ({ ...row, userId })),
      ),
    )
    calls.added += added
    calls.known += rows.length - added
  }
  for (const call of old.callsOf(user.id)) {
    group.push(call)
    if (group.length === callsAtOnce) await store()
  }
  if (group.length > 0) await store()
}
