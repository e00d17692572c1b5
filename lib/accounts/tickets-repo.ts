import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { type Database, type Orm, run } from '../../db/open.ts'
import type { Tables } from '../../db/schema.ts'

export type TicketRow = Tables['tickets']['$inferSelect']
export type TicketKind = TicketRow['kind']

/** Puts a ticket in, and sweeps out what has expired. */
export function* insertTicket(tx: Orm, { tickets }: Tables, row: Tables['tickets']['$inferInsert']) {
  yield* run(tx.delete(tickets).where(lt(tickets.expiresAt, row.createdAt)))
  yield* run(tx.insert(tickets).values(row))
}

/** Takes a ticket: null when there is none, it has expired, or somebody took it before. */
export function* takeTicket(tx: Orm, { tickets }: Tables, kind: TicketKind, hash: string, at: string) {
  const [row] = yield* run(
    tx
      .update(tickets)
      .set({ usedAt: at })
      .where(and(eq(tickets.hash, hash), eq(tickets.kind, kind), isNull(tickets.usedAt), gt(tickets.expiresAt, at)))
      .returning(),
  )
  return row ?? null
}

export async function findTicket({ orm, tables: { tickets } }: Database, kind: TicketKind, hash: string, at: string) {
  const [row] = await orm
    .select()
    .from(tickets)
    .where(and(eq(tickets.hash, hash), eq(tickets.kind, kind), isNull(tickets.usedAt), gt(tickets.expiresAt, at)))
  return row ?? null
}

export async function selectTickets({ orm, tables: { tickets } }: Database, kind: TicketKind, at: string) {
  return orm
    .select()
    .from(tickets)
    .where(and(eq(tickets.kind, kind), isNull(tickets.usedAt), gt(tickets.expiresAt, at)))
    .orderBy(desc(tickets.createdAt))
    .limit(200)
}

export function* deleteTickets(tx: Orm, { tickets }: Tables, kind: TicketKind) {
  yield* run(tx.delete(tickets).where(eq(tickets.kind, kind)))
}

export function* deleteTicket(tx: Orm, { tickets }: Tables, kind: TicketKind, hash: string) {
  const rows = yield* run(
    tx
      .delete(tickets)
      .where(and(eq(tickets.kind, kind), eq(tickets.hash, hash)))
      .returning({ hash: tickets.hash }),
  )
  return rows.length > 0
}

/** Counts a try on a ticket inside one unit of work, and says which one it was. */
export function* countTry(tx: Orm, { tickets }: Tables, hash: string) {
  // An update that changes nothing keeps the row for this unit of work, so that tries at the same time count one by one.
  const [row] = yield* run(
    tx
      .update(tickets)
      .set({ usedAt: sql`${tickets.usedAt}` })
      .where(eq(tickets.hash, hash))
      .returning({ data: tickets.data }),
  )
  const tries = Number(row?.data?.tries ?? 0) + 1
  yield* run(
    tx
      .update(tickets)
      .set({ data: { ...row?.data, tries } })
      .where(eq(tickets.hash, hash)),
  )
  return tries
}
