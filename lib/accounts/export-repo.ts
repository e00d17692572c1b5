import { and, asc, desc, eq, gt, inArray, lt, lte, or } from 'drizzle-orm'
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

/**
 * A page of a user's rows of one table, after the row `after`. Calls come newest first, because that is the order their index
 * has: by id, every page of somebody with a million calls would be sorted anew.
 */
export async function ownedPage(
  { orm, tables }: Database,
  name: string,
  { userId, after, limit }: { userId: number; after: Row | null; limit: number },
): Promise<Row[]> {
  if (name === 'callHistory') {
    const { callHistory } = tables
    const { timestamp, id } = callHistory
    const [at, last] = [String(after?.timestamp), Number(after?.id)]
    const isOlder = or(lt(timestamp, at), and(eq(timestamp, at), lt(id, last)))
    return orm
      .select()
      .from(callHistory)
      .where(and(eq(callHistory.userId, userId), after ? and(lte(timestamp, at), isOlder) : undefined))
      .orderBy(desc(timestamp), desc(id))
      .limit(limit)
  }
  const table = tables[name as keyof typeof tables] as unknown as SQLiteTable & Columns
  return orm
    .select()
    .from(table)
    .where(and(eq(table.userId!, userId), after ? gt(table.id, after.id) : undefined))
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
