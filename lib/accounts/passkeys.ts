import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import type { Actor } from './actor.ts'
import type { PasskeyDto } from './contract.ts'
import {
  deletePasskey,
  findPasskey,
  insertPasskey,
  type PasskeyRow,
  selectPasskeys,
  updatePasskey,
} from './passkeys-repo.ts'
import { provePassword } from './password.ts'
import { canManageAccount } from './policy.ts'
import { type Entry, enter, type SignedIn } from './sign-in.ts'
import { issueTicket, readTicket, type Ticket } from './tickets.ts'
import { findUser } from './users-repo.ts'

/** `origin` is the page's address; a passkey belongs to its host name. */
export type Site = { origin: string; name: string }

const passkeysMost = 20
/** EdDSA, ES256 and RS256. Left to itself the library asks Node for newer ones, which warns. */
const algorithms = [-8, -7, -257]
// Loaded when somebody uses a passkey, not at every start.
const webauthn = () => import('@simplewebauthn/server')
const hostOf = (origin: string) => new URL(origin).hostname

/** What the browser needs to make a passkey. The password is asked for: a passkey signs in by itself. */
export async function beginPasskey(actor: Actor, password: string, { origin, name }: Site) {
  requireManaging(actor)
  await provePassword(actor.userId, password)
  const known = await selectPasskeys(await database(), actor.userId)
  if (known.length >= passkeysMost) throw new AppError('conflict', `There are ${passkeysMost} passkeys already.`)
  const { generateRegistrationOptions } = await webauthn()
  const options = await generateRegistrationOptions({
    rpName: name,
    rpID: hostOf(origin),
    supportedAlgorithmIDs: algorithms,
    userName: actor.username,
    userID: new TextEncoder().encode(`user ${actor.userId}`),
    excludeCredentials: known.map(row => ({ id: row.credentialId, transports: row.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const data = { challenge: options.challenge, origin, for: 'making' }
  const { ticket } = await issueTicket('passkey', { userId: actor.userId, data })
  return { ticket, options }
}

/** Keeps the passkey that the browser made. */
export async function addPasskey(
  actor: Actor,
  { ticket, name, credential }: { ticket: string; name: string; credential: unknown },
): Promise<PasskeyDto> {
  requireManaging(actor)
  const { challenge, origin } = challengeOf(await readTicket('passkey', ticket), 'making', actor.userId)
  const { verifyRegistrationResponse } = await webauthn()
  const verified = await verifyRegistrationResponse({
    response: credential as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null)
  if (!verified?.verified) throw new AppError('invalid', 'The passkey could not be checked. Please try again.')
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential
  const db = await database()
  if (await findPasskey(db, id)) throw new AppError('conflict', 'This passkey is known already.')
  const { userId, username } = actor
  const row = await db.write(function* (tx) {
    yield* audit(tx, db.tables, { action: 'passkeys.added', userId, username, target: name })
    return yield* insertPasskey(tx, db.tables, {
      userId,
      name,
      credentialId: id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports: transports ?? [],
      createdAt: now(),
    })
  })
  return toPasskeyDto(row)
}

export async function listPasskeys(actor: Actor): Promise<PasskeyDto[]> {
  return (await selectPasskeys(await database(), actor.userId)).map(toPasskeyDto)
}

export async function removePasskey(actor: Actor, id: number): Promise<void> {
  requireManaging(actor)
  const db = await database()
  const { userId, username } = actor
  const isGone = await db.write(function* (tx) {
    const row = yield* deletePasskey(tx, db.tables, userId, id)
    if (row) yield* audit(tx, db.tables, { action: 'passkeys.removed', userId, username, target: row.name })
    return row !== null
  })
  if (!isGone) throw new AppError('not_found', 'Passkey not found')
}

/** What the browser needs to sign in with whatever passkey it has for this site. */
export async function beginPasskeySignIn({ origin }: Site) {
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({ rpID: hostOf(origin), userVerification: 'required' })
  const { ticket } = await issueTicket('passkey', { data: { challenge: options.challenge, origin, for: 'signing in' } })
  return { ticket, options }
}

/** Signs in with a passkey: possession and finger or PIN in one, so that no code is asked for. */
export async function finishPasskeySignIn(ticket: string, credential: { id: string }, entry: Entry): Promise<SignedIn> {
  const { challenge, origin } = challengeOf(await readTicket('passkey', ticket), 'signing in', null)
  const refused = () => new AppError('unauthenticated', 'This passkey does not sign in here.')
  const db = await database()
  const row = await findPasskey(db, credential.id)
  const user = row && (await findUser(db, row.userId))
  if (!row || user?.isActive !== 1) throw refused()
  const { verifyAuthenticationResponse } = await webauthn()
  const verified = await verifyAuthenticationResponse({
    response: credential as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    credential: {
      id: row.credentialId,
      publicKey: new Uint8Array(Buffer.from(row.publicKey, 'base64url')),
      counter: row.counter,
      transports: row.transports,
    },
  }).catch(() => null)
  if (!verified?.verified) throw refused()
  const counter = verified.authenticationInfo.newCounter
  await db.write(tx => updatePasskey(tx, db.tables, row.id, { counter, lastUsedAt: now() }))
  return enter(user, entry)
}

function challengeOf(
  ticket: Ticket | null,
  purpose: string,
  userId: number | null,
): { challenge: string; origin: string } {
  const { challenge, origin, for: issuedFor } = ticket?.data ?? {}
  if (
    ticket?.userId === userId &&
    issuedFor === purpose &&
    typeof challenge === 'string' &&
    typeof origin === 'string'
  ) {
    return { challenge, origin }
  }
  throw new AppError('unauthenticated', 'This took too long. Please begin again.')
}

function requireManaging(actor: Actor): void {
  if (!canManageAccount(actor)) throw new AppError('forbidden', 'Sign in to change passkeys.')
}

const toPasskeyDto = ({ id, name, createdAt, lastUsedAt }: PasskeyRow): PasskeyDto => ({
  id,
  name,
  createdAt,
  lastUsedAt,
})
