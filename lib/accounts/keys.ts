import type { Orm } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'
import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import { hashSecret, openSealed, randomSecret, seal } from '../secrets.ts'
import type { Actor, Scope } from './actor.ts'
import type { KeyDto, KeyInput, NewKey } from './contract.ts'
import { insertKey, type KeyRow, renameKey, revokeKey, selectFirstKey, selectKeys } from './keys-repo.ts'
import { doubt } from './live.ts'
import { provePassword } from './password.ts'
import { canManageKeys } from './policy.ts'

type NewKeyRow = Pick<KeyRow, 'userId' | 'name' | 'kind'> & { scopes: Scope[] }
const keysMost = 100
const purpose = 'first api key'

/** A first key as its row keeps it, so that login can return it. */
export function sealKey(key: string): string {
  return seal(key, purpose)
}

/** The key that register and login return whole. When it was revoked there is a new one; when it cannot be opened, too. */
export function* firstKey(tx: Orm, tables: Tables, userId: number) {
  const row = yield* selectFirstKey(tx, tables, userId)
  const opened = row?.sealed ? openSealed(row.sealed, purpose) : null
  if (opened !== null) return opened
  if (row) yield* renameKey(tx, tables, row.id, 'Earlier key')
  const { key } = yield* makeKey(tx, tables, { userId, name: 'First key', kind: 'first', scopes: ['all'] })
  return key
}

function* makeKey(tx: Orm, tables: Tables, { userId, name, kind, scopes }: NewKeyRow) {
  const key = `aisk_${randomSecret()}`
  const row = yield* insertKey(tx, tables, {
    userId,
    name,
    kind,
    scopes,
    hash: hashSecret(key),
    hint: `${key.slice(0, 7)}...${key.slice(-4)}`,
    sealed: kind === 'first' ? sealKey(key) : null,
    createdAt: now(),
  })
  return { key, row }
}

export async function listKeys(actor: Actor): Promise<KeyDto[]> {
  return (await selectKeys(await database(), actor.userId)).map(toKeyDto)
}

/** Makes a key and shows it this once. A key that may do everything asks for the password again. */
export async function createKey(actor: Actor, input: KeyInput): Promise<NewKey> {
  if (!canManageKeys(actor)) throw new AppError('forbidden', 'Sign in to make API keys: a key cannot make another one.')
  const scopes: Scope[] = input.kind === 'device' ? ['calls:report'] : [...new Set(input.scopes)]
  if (scopes.includes('all')) await provePassword(actor.userId, input.password)
  const db = await database()
  const { userId, username } = actor
  if ((await selectKeys(db, userId)).length >= keysMost) {
    throw new AppError('conflict', `There are ${keysMost} keys already. Revoke some first.`)
  }
  const { key, row } = await db.write(function* (tx) {
    const made = yield* makeKey(tx, db.tables, { userId, name: input.name, kind: input.kind, scopes })
    yield* audit(tx, db.tables, { action: 'keys.created', userId, username, target: input.name, data: { scopes } })
    return made
  })
  return { ...toKeyDto(row), key }
}

/** Ends a key at once. */
export async function revokeOwnKey(actor: Actor, id: number): Promise<void> {
  if (!canManageKeys(actor)) throw new AppError('forbidden', 'Sign in to revoke API keys.')
  const db = await database()
  const { userId, username } = actor
  const isRevoked = await db.write(function* (tx) {
    const row = yield* revokeKey(tx, db.tables, userId, id, now())
    if (row) yield* audit(tx, db.tables, { action: 'keys.revoked', userId, username, target: row.name })
    return row !== null
  })
  if (!isRevoked) throw new AppError('not_found', 'API key not found')
  doubt(userId)
}

function toKeyDto(row: KeyRow): KeyDto {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    hint: row.hint,
    scopes: row.scopes as Scope[],
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
  }
}
