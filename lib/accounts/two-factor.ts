import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { toString as toQr } from 'qrcode'
import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import { hashSecret, openSealed, seal } from '../secrets.ts'
import type { Actor } from './actor.ts'
import { provePassword } from './password.ts'
import { canManageAccount } from './policy.ts'
import type { Client } from './sessions.ts'
import { enter, type SignedIn } from './sign-in.ts'
import { noteFailure, noteSuccess, slowDown } from './throttle.ts'
import { countTry, deleteTicket, findTicket, takeTicket } from './tickets-repo.ts'
import { claimTotpStep, findUser, holdRecovery, type UserRow, updateUser } from './users-repo.ts'

const purpose = 'totp'
const stepS = 30
const recoveryCodesMade = 10
const triesPerTicket = 5
const wrongCode = () => new AppError('unauthenticated', 'The code is wrong.')

/** Begins: a secret that counts only when a code of it has been shown. */
export async function startTwoFactor(actor: Actor, password: string) {
  requireManaging(actor)
  await provePassword(actor.userId, password)
  const user = await requireUser(actor.userId)
  if (user.totpEnabledAt !== null) throw new AppError('conflict', 'Two-factor sign-in is on already.')
  const secret = new Secret({ size: 20 })
  const db = await database()
  const totpSealed = seal(secret.base32, purpose)
  await db.write(tx => updateUser(tx, db.tables, user.id, { totpSealed, totpStep: null }))
  const uri = new TOTP({ issuer: 'AI Call Service', label: user.username, secret }).toString()
  return { secret: secret.base32, uri, qrSvg: await toQr(uri, { type: 'svg', margin: 1 }) }
}

/** Turns it on with the first code, and hands out the recovery codes, this once. */
export async function confirmTwoFactor(actor: Actor, code: string): Promise<{ recoveryCodes: string[] }> {
  requireManaging(actor)
  const user = await requireUser(actor.userId)
  if (user.totpEnabledAt !== null) throw new AppError('conflict', 'Two-factor sign-in is on already.')
  if (user.totpSealed === null) throw new AppError('conflict', 'Begin two-factor sign-in first.')
  const account = `proof ${user.id}`
  await slowDown(account, async () => false)
  if (!(await acceptsTotp(user, code))) {
    noteFailure(account)
    throw new AppError('invalid', 'The code is wrong.')
  }
  const recoveryCodes = Array.from({ length: recoveryCodesMade }, makeRecoveryCode)
  const recoveryHashes = recoveryCodes.map(recovery => hashSecret(plain(recovery)))
  const db = await database()
  await db.write(function* (tx) {
    yield* updateUser(tx, db.tables, user.id, { totpEnabledAt: now(), recoveryHashes })
    yield* audit(tx, db.tables, { action: 'two_factor.enabled', userId: user.id, username: user.username })
  })
  return { recoveryCodes }
}

export async function stopTwoFactor(actor: Actor, password: string): Promise<void> {
  requireManaging(actor)
  await provePassword(actor.userId, password)
  const db = await database()
  const { userId, username } = actor
  await db.write(function* (tx) {
    yield* updateUser(tx, db.tables, userId, {
      totpSealed: null,
      totpEnabledAt: null,
      totpStep: null,
      recoveryHashes: null,
    })
    yield* audit(tx, db.tables, { action: 'two_factor.disabled', userId, username })
  })
}

export async function twoFactorState(actor: Actor) {
  const user = await requireUser(actor.userId)
  return {
    isEnabled: user.totpEnabledAt !== null,
    enabledAt: user.totpEnabledAt,
    recoveryCodesLeft: user.recoveryHashes?.length ?? 0,
  }
}

/** The second half of a sign-in: the ticket of the first and a code, or a recovery code. A ticket bears five tries. */
export async function finishSignIn(
  ticket: string,
  code: string,
  kind: 'web' | 'token',
  client: Client,
): Promise<SignedIn> {
  const db = await database()
  const hash = hashSecret(ticket)
  const row = await findTicket(db, 'second_factor', hash, now())
  const user = row?.userId ? await findUser(db, row.userId) : null
  if (!row || !user || user.isActive !== 1) {
    throw new AppError('unauthenticated', 'This sign-in has expired. Please begin again.')
  }
  const remember = row.data?.remember === true
  const account = `code ${user.id}`
  await slowDown(account, async () => false)
  const tried = await db.write(function* (tx) {
    const count = yield* countTry(tx, db.tables, hash)
    if (count > triesPerTicket) yield* deleteTicket(tx, db.tables, 'second_factor', hash)
    return count
  })
  if (tried > triesPerTicket || !(await acceptsCode(user, code))) {
    noteFailure(account)
    const { id: userId, username } = user
    await db.write(tx =>
      audit(tx, db.tables, { action: 'auth.second_factor_failed', userId, username, address: client.address }),
    )
    throw wrongCode()
  }
  noteSuccess(account)
  if (!(await db.write(tx => takeTicket(tx, db.tables, 'second_factor', hash, now())))) throw wrongCode()
  return enter(user, { kind, remember, client })
}

async function acceptsCode(user: UserRow, code: string): Promise<boolean> {
  return /^\s*\d{3}\s?\d{3}\s*$/.test(code) ? acceptsTotp(user, code) : usesRecovery(user, code)
}

/** One step early or late is fine; a step that was used is not, also not by two requests at once. */
async function acceptsTotp(user: UserRow, code: string, atMs = Date.now()): Promise<boolean> {
  const secret = user.totpSealed === null ? null : openSealed(user.totpSealed, purpose)
  if (secret === null) return false
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period: stepS })
  const delta = totp.validate({ token: plain(code), timestamp: atMs, window: 1 })
  if (delta === null) return false
  const db = await database()
  const step = Math.floor(atMs / 1000 / stepS) + delta
  return db.write(tx => claimTotpStep(tx, db.tables, user.id, step))
}

async function usesRecovery({ id }: UserRow, code: string): Promise<boolean> {
  const hash = hashSecret(plain(code))
  const db = await database()
  return db.write(function* (tx) {
    const [user] = yield* holdRecovery(tx, db.tables, id)
    if (!user?.recoveryHashes?.includes(hash)) return false
    yield* updateUser(tx, db.tables, id, { recoveryHashes: user.recoveryHashes.filter(known => known !== hash) })
    return true
  })
}

const plain = (code: string) => code.replace(/[\s-]/g, '').toLowerCase()

/** Ten letters and digits without look-alikes, in two groups: about 49 bits. */
function makeRecoveryCode(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters: string[] = []
  while (letters.length < 10) {
    for (const byte of randomBytes(16)) if (byte < 248 && letters.length < 10) letters.push(alphabet[byte % 31]!)
  }
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}

function requireManaging(actor: Actor): void {
  if (!canManageAccount(actor)) throw new AppError('forbidden', 'Sign in to change two-factor sign-in.')
}

async function requireUser(id: number): Promise<UserRow> {
  const user = await findUser(await database(), id)
  if (!user) throw new AppError('not_found', 'User not found')
  return user
}
