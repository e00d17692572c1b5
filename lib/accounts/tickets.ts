import { database } from '../database.ts'
import { toInstant } from '../instant.ts'
import { hashSecret, randomSecret } from '../secrets.ts'
import { insertTicket, type TicketKind, takeTicket } from './tickets-repo.ts'

/** How long each kind of ticket may lie about. */
export const ticketLifeMs: Record<TicketKind, number> = {
  setup: 24 * 3_600_000,
  invite: 7 * 24 * 3_600_000,
  socket: 30_000,
  second_factor: 5 * 60_000,
  passkey: 5 * 60_000,
  connect: 10 * 60_000,
}

export type TicketHolder = { userId?: number; sessionId?: string; data?: Record<string, unknown> }
export type Ticket = { userId: number | null; sessionId: string | null; data: Record<string, unknown> | null }

/** A secret that can be used once, soon. Only its hash is kept. */
export async function issueTicket(
  kind: TicketKind,
  holder: TicketHolder = {},
  { atMs = Date.now(), lifeMs = ticketLifeMs[kind] } = {},
): Promise<{ ticket: string; expiresAt: string }> {
  const db = await database()
  const ticket = randomSecret()
  const row = ticketRow(kind, ticket, holder, atMs, lifeMs)
  await db.write(tx => insertTicket(tx, db.tables, row))
  return { ticket, expiresAt: row.expiresAt }
}

/** Uses a ticket up and says who held it; null for one that is unknown, used or too old. */
export async function readTicket(kind: TicketKind, ticket: string, atMs = Date.now()): Promise<Ticket | null> {
  if (ticket.length > 100) return null
  const db = await database()
  const row = await db.write(tx => takeTicket(tx, db.tables, kind, hashSecret(ticket), toInstant(atMs)))
  return row && { userId: row.userId, sessionId: row.sessionId, data: row.data }
}

export function ticketRow(kind: TicketKind, ticket: string, holder: TicketHolder, atMs: number, lifeMs: number) {
  return {
    hash: hashSecret(ticket),
    kind,
    userId: holder.userId ?? null,
    sessionId: holder.sessionId ?? null,
    data: holder.data ?? null,
    createdAt: toInstant(atMs),
    expiresAt: toInstant(atMs + lifeMs),
  }
}
