import { and, asc, count, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'
import { parseNumber } from '#lib/phone-number.ts'
import type { BlockedQuery } from './contract.ts'

/** Every beginning of a number, as E.164 and as it is dialled at home: the rows of a block list that would match it. */
export function beginningsOf(key: string, country: string): string[] {
  const national = parseNumber(key, country)?.formatNational().replace(/\D/g, '') ?? ''
  const digits = key.replace(/^\+/, '')
  const forms = [...new Set([key, digits, national])].filter(Boolean)
  return [
    ...new Set(forms.flatMap(form => Array.from({ length: form.length }, (_, i) => form.slice(0, i + 1)))),
  ].filter(prefix => (prefix.startsWith('+') ? prefix.length > 1 : prefix.length > 2))
}

/** The longest row that the number begins with. */
export async function findBlocking({ orm, tables }: Database, userId: number, key: string, country: string) {
  const { blockedNumbers } = tables
  const beginnings = beginningsOf(key, country)
  if (beginnings.length === 0) return null
  const rows = await orm
    .select({ list: blockedNumbers.list, prefix: blockedNumbers.prefix })
    .from(blockedNumbers)
    .where(and(eq(blockedNumbers.userId, userId), inArray(blockedNumbers.prefix, beginnings)))
    .orderBy(desc(sql`length(${blockedNumbers.prefix})`))
    .limit(1)
  return rows[0] ?? null
}

export async function findBlocked({ orm, tables }: Database, userId: number, query: BlockedQuery) {
  const { blockedNumbers } = tables
  return orm
    .select()
    .from(blockedNumbers)
    .where(
      and(
        eq(blockedNumbers.userId, userId),
        gt(blockedNumbers.id, query.after),
        query.list ? eq(blockedNumbers.list, query.list) : undefined,
      ),
    )
    .orderBy(asc(blockedNumbers.id))
    .limit(query.limit)
}

export async function countByList({ orm, tables }: Database, userId: number) {
  const { blockedNumbers } = tables
  return orm
    .select({ list: blockedNumbers.list, count: count() })
    .from(blockedNumbers)
    .where(eq(blockedNumbers.userId, userId))
    .groupBy(blockedNumbers.list)
    .orderBy(asc(blockedNumbers.list))
}

export function* countBlocked(tx: Orm, { blockedNumbers }: Tables, userId: number) {
  const [row] = yield* run(tx.select({ count: count() }).from(blockedNumbers).where(eq(blockedNumbers.userId, userId)))
  return Number(row?.count ?? 0)
}

/** Rows that are there already stay as they are; returns how many are new. */
export function* insertBlocked(
  tx: Orm,
  { blockedNumbers }: Tables,
  rows: { userId: number; list: string; prefix: string; createdAt: string }[],
) {
  if (rows.length === 0) return 0
  const made = yield* run(
    tx.insert(blockedNumbers).values(rows).onConflictDoNothing().returning({ id: blockedNumbers.id }),
  )
  return made.length
}

export function* deleteBlocked(tx: Orm, { blockedNumbers }: Tables, userId: number, id: number) {
  const gone = yield* run(
    tx
      .delete(blockedNumbers)
      .where(and(eq(blockedNumbers.userId, userId), eq(blockedNumbers.id, id)))
      .returning({ id: blockedNumbers.id }),
  )
  return gone.length
}

export function* deleteList(tx: Orm, { blockedNumbers }: Tables, userId: number, list: string) {
  const gone = yield* run(
    tx
      .delete(blockedNumbers)
      .where(and(eq(blockedNumbers.userId, userId), eq(blockedNumbers.list, list)))
      .returning({ id: blockedNumbers.id }),
  )
  return gone.length
}

/** A user's first block list switches "rings when they call twice" off: the callers it names would call twice. */
export function* stopPersistence(tx: Orm, { lines }: Tables, userId: number) {
  yield* run(tx.update(lines).set({ isPersistentAllowed: 0 }).where(eq(lines.userId, userId)))
}
