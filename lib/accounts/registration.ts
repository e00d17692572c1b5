import type { Orm } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'
import { type Audited, audit, readSettings } from '../admin/index.ts'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { createDefaultLine } from '../lines/index.ts'
import { hashSecret, randomSecret } from '../secrets.ts'
import type { LoginAnswer, Registration, SetUp } from './contract.ts'
import { hashPassword } from './hashing.ts'
import { firstKey } from './keys.ts'
import { foldEmail, foldName } from './names.ts'
import { refuseWeak } from './password.ts'
import { type Client, openSession } from './sessions.ts'
import { ticketLifeMs, ticketRow } from './tickets.ts'
import { deleteTickets, findTicket, insertTicket, takeTicket } from './tickets-repo.ts'
import { signToken } from './tokens.ts'
import { countOtherAdmins, findUserByName, hasAdmin, insertUser, type UserRow } from './users-repo.ts'

export type NewUser = {
  username: string
  email: string
  password: string
  role?: UserRow['role']
  language?: 'en' | 'de' | undefined
  timeZone?: string | undefined
}
type Entry = { kind: 'web' | 'token'; client: Client }

const taken = () => new AppError('conflict', 'Username or email already exists')

/** Makes an account as far as the registration setting allows, and signs it in. Nobody becomes administrator this way. */
export async function register(input: Registration, client: Client): Promise<LoginAnswer> {
  const made = await registerAs(input, { kind: 'token', client })
  return {
    id: made.user.id,
    username: made.user.username,
    email: made.user.email,
    ...(made.key === undefined ? {} : { api_key: made.key }),
    token: signToken(made.user, made.sessionId, Date.now()),
  }
}

/** As `register`, with the kind of session that the caller needs. */
export async function registerAs(input: Registration, entry: Entry) {
  refuseWeak(input.password, input)
  const { registration } = await readSettings()
  const invite = input.invite === undefined ? null : hashSecret(input.invite)
  if (registration === 'closed') {
    throw new AppError('forbidden', 'Registration is closed. Ask the administrator for an account.')
  }
  if (registration === 'invite') await requireInvite(invite, input.email)
  return makeUser(input, entry, function* (tx, tables, at) {
    if (registration !== 'invite') return
    const used = yield* takeTicket(tx, tables, 'invite', invite ?? '', at)
    if (!used) throw inviteNeeded()
  })
}

/** Makes the first administrator with the one-time link that the service printed. */
export async function setUp(input: SetUp, entry: Entry) {
  refuseWeak(input.password, input)
  const hash = hashSecret(input.ticket)
  const refused = () =>
    new AppError('forbidden', 'This set-up link is not valid any more. Start the service again for a new one.')
  if (!(await findTicket(await database(), 'setup', hash, toInstant(Date.now())))) throw refused()
  return makeUser({ ...input, role: 'admin' }, entry, function* (tx, tables, at) {
    if (!(yield* takeTicket(tx, tables, 'setup', hash, at))) throw refused()
    if ((yield* countOtherAdmins(tx, tables, 0)) > 0)
      throw new AppError('conflict', 'There is an administrator already.')
    yield* deleteTickets(tx, tables, 'setup')
    yield* audit(tx, tables, { action: 'setup.done', username: input.username, address: entry.client.address })
  })
}

/** Makes an account without any of registration's conditions: for administrators and the command line. */
export async function createUser(input: NewUser, by: Pick<Audited, 'userId' | 'username'> = {}): Promise<UserRow> {
  refuseWeak(input.password, input)
  await refuseTaken(input)
  const passwordHash = await hashPassword(input.password)
  const db = await database()
  return db.write(function* (tx) {
    const user = yield* insertAccount(tx, db.tables, { ...input, passwordHash }, toInstant(Date.now()))
    yield* audit(tx, db.tables, { action: 'users.created', ...by, target: user.username })
    return user
  })
}

/** A one-time link to make the first administrator; null when there is one. */
export async function createSetupLink(): Promise<string | null> {
  const db = await database()
  if (await hasAdmin(db)) return null
  const ticket = randomSecret()
  const row = ticketRow('setup', ticket, {}, Date.now(), ticketLifeMs.setup)
  await db.write(function* (tx) {
    yield* deleteTickets(tx, db.tables, 'setup')
    yield* insertTicket(tx, db.tables, row)
  })
  const { PUBLIC_URL, SERVICE_PORT } = env()
  return `${(PUBLIC_URL ?? `http://localhost:${SERVICE_PORT}`).replace(/\/$/, '')}/setup?ticket=${ticket}`
}

/** Whether this link would still make an administrator; the page asks before it shows the form. */
export async function isSetupOpen(ticket: string): Promise<boolean> {
  const db = await database()
  return (await findTicket(db, 'setup', hashSecret(ticket), toInstant(Date.now()))) !== null && !(await hasAdmin(db))
}

type Condition = (tx: Orm, tables: Tables, at: string) => Generator<unknown, void, unknown>

async function makeUser(input: NewUser, { kind, client }: Entry, condition: Condition) {
  await refuseTaken(input)
  const passwordHash = await hashPassword(input.password)
  const db = await database()
  const atMs = Date.now()
  const at = toInstant(atMs)
  return db.write(function* (tx) {
    yield* condition(tx, db.tables, at)
    const user = yield* insertAccount(tx, db.tables, { ...input, passwordHash }, at)
    const isKeyTold = kind === 'token' && env().LOGIN_RETURNS_API_KEY
    const key = isKeyTold ? yield* firstKey(tx, db.tables, user.id) : undefined
    const sessionId = yield* openSession(tx, db.tables, { userId: user.id, kind, client, remember: false, atMs })
    const { id: userId, username } = user
    yield* audit(tx, db.tables, { action: 'auth.registered', userId, username, address: client.address })
    return { user, key, sessionId }
  })
}

/** The user, and the line that every user has. A name that somebody took a moment ago is `conflict`. */
function* insertAccount(tx: Orm, tables: Tables, input: NewUser & { passwordHash: string }, at: string) {
  const { username, email, role, passwordHash, language = 'en', timeZone = 'UTC' } = input
  let user: UserRow
  try {
    user = yield* insertUser(tx, tables, {
      username,
      email,
      passwordHash,
      createdAt: at,
      role: role ?? 'member',
      language,
      timeZone,
      usernameKey: foldName(username),
      emailKey: foldEmail(email),
    })
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error
  }
  yield* createDefaultLine(tx, tables, { userId: user.id, language, timeZone })
  return user
}

/** Asked before the costly hash; the unique index has the last word. */
async function refuseTaken({ username, email }: { username: string; email: string }): Promise<void> {
  const keys = { username: foldName(username), email: foldEmail(email) }
  if (await findUserByName(await database(), keys)) throw taken()
}

async function requireInvite(hash: string | null, email: string): Promise<void> {
  const invite = hash === null ? null : await findTicket(await database(), 'invite', hash, toInstant(Date.now()))
  if (!invite) throw inviteNeeded()
  const meant = invite.data?.email
  if (typeof meant === 'string' && foldEmail(meant) !== foldEmail(email)) {
    throw new AppError('forbidden', 'This invitation is for another e-mail address.')
  }
}

const inviteNeeded = () => new AppError('forbidden', 'An invitation is needed to register.')

function isUniqueViolation(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth++) {
    const { code, cause } = at as { code?: unknown; cause?: unknown }
    if (code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE') return true
    at = cause
  }
  return false
}
