import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import { randomSecret } from '../secrets.ts'
import type { Actor } from './actor.ts'
import type { InviteDto, NewInvite } from './contract.ts'
import { canManageUsers } from './policy.ts'
import { ticketRow } from './tickets.ts'
import { deleteTicket, insertTicket, selectTickets, type TicketRow } from './tickets-repo.ts'

const dayMs = 24 * 3_600_000

/** Makes an invitation; its link is shown this once. `origin` is where the administrator's browser found us. */
export async function createInvite(
  actor: Actor,
  { email, days }: { email?: string | undefined; days: number },
  origin: string,
): Promise<NewInvite> {
  requireManaging(actor)
  const token = randomSecret()
  const row = ticketRow('invite', token, { data: email ? { email } : {} }, Date.now(), days * dayMs)
  const db = await database()
  const { userId, username } = actor
  await db.write(function* (tx) {
    yield* insertTicket(tx, db.tables, row)
    yield* audit(tx, db.tables, { action: 'invites.created', userId, username })
  })
  const base = (env().PUBLIC_URL ?? origin).replace(/\/$/, '')
  return { ...toInviteDto(row), token, url: `${base}/register?invite=${token}` }
}

export async function listInvites(actor: Actor): Promise<InviteDto[]> {
  requireManaging(actor)
  return (await selectTickets(await database(), 'invite', now())).map(toInviteDto)
}

export async function revokeInvite(actor: Actor, id: string): Promise<void> {
  requireManaging(actor)
  const db = await database()
  const { userId, username } = actor
  const isGone = await db.write(function* (tx) {
    const found = yield* deleteTicket(tx, db.tables, 'invite', id)
    if (found) yield* audit(tx, db.tables, { action: 'invites.revoked', userId, username })
    return found
  })
  if (!isGone) throw new AppError('not_found', 'Invitation not found')
}

/** The id is the hash of the link's secret: it names the invitation and does not open it. */
function toInviteDto({
  hash,
  data,
  createdAt,
  expiresAt,
}: Pick<TicketRow, 'hash' | 'data' | 'createdAt' | 'expiresAt'>): InviteDto {
  return { id: hash, email: typeof data?.email === 'string' ? data.email : null, createdAt, expiresAt }
}

function requireManaging(actor: Actor): void {
  if (!canManageUsers(actor)) throw new AppError('forbidden', 'Only an administrator may do that.')
}
