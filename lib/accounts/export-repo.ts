import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from '../../db/open.ts'

/** Columns that open doors, or mean nothing to their owner. They never leave the database. */
const kept = new Set([
  'passwordHash',
  'totpSealed',
  'totpStep',
  'recoveryHashes',
  'hash',
  'sealed',
  'secretSealed',
  'publicKey',
  'p256dh',
  'auth',
])
/** One-use secrets and our own bookkeeping are nobody's data; the account itself is told apart. */
const skipped = new Set(['users', 'tickets', 'refreshTokens', 'settings', 'agents'])

type Columns = { id: SQLiteTable['_']['columns'][string]; userId?: SQLiteTable['_']['columns'][string] }
type Row = Record<string, unknown>

/**
 * The names of the tables whose rows belong to a user: every table of the schema with a user_id, so that a new one is in the
 * export from its first day.
 */
export function ownedTables({ tables }: Database): string[] {
  return Object.entries(tables)
    .filter(([name, table]) => !skipped.has(name) && 'userId' in table && 'id' in table)
    .map(([name]) => name)
}

/** A page of a user's rows of one table, by id after `after`. */
export async function ownedPage(
  { orm, tables }: Database,
  name: string,
  { userId, after, limit }: { userId: number; after: unknown; limit: number },
): Promise<Row[]> {
  const table = tables[name as keyof typeof tables] as unknown as SQLiteTable & Columns
  return orm
    .select()
    .from(table)
    .where(and(eq(table.userId!, userId), after === null ? undefined : gt(table.id, after)))
    .orderBy(asc(table.id))
    .limit(limit)
}

/** The numbers and destinations of lines, which name their owner through the line. */
export async function rowsOfLines({ orm, tables: { destinations, lineNumbers } }: Database, lineIds: number[]) {
  if (lineIds.length === 0) return { lineNumbers: [], destinations: [] }
  return {
    lineNumbers: await orm.select().from(lineNumbers).where(inArray(lineNumbers.lineId, lineIds)),
    destinations: await orm.select().from(destinations).where(inArray(destinations.lineId, lineIds)),
  }
}

/** A row without what is kept. */
export function shownRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !kept.has(name)))
}
