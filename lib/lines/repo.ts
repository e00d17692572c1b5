import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

export type LineRow = Tables['lines']['$inferSelect']
export type LineValues = Partial<Omit<LineRow, 'id' | 'userId' | 'createdAt'>>
export type DestinationRow = { label: string; target: string; isExternal: number }
export type FullLine = { line: LineRow; numbers: string[]; destinations: DestinationRow[] }

/** All lines of one user with their numbers and destinations, the default one first. */
export async function findLines({ orm, tables }: Database, userId: number): Promise<FullLine[]> {
  const { lines } = tables
  const rows = await orm
    .select()
    .from(lines)
    .where(eq(lines.userId, userId))
    .orderBy(desc(lines.isDefault), asc(lines.id))
  return withParts({ orm, tables }, rows)
}

export async function findLine({ orm, tables }: Database, id: number): Promise<FullLine | null> {
  const rows = await orm.select().from(tables.lines).where(eq(tables.lines.id, id))
  return (await withParts({ orm, tables }, rows))[0] ?? null
}

/** The line that one of these spellings of a number belongs to. */
export async function findLineByNumbers({ orm, tables }: Database, spellings: string[]): Promise<FullLine | null> {
  const { lines, lineNumbers, users } = tables
  const rows = await orm
    .select({ line: lines })
    .from(lineNumbers)
    .innerJoin(lines, eq(lines.id, lineNumbers.lineId))
    .innerJoin(users, eq(users.id, lines.userId))
    .where(and(inArray(lineNumbers.number, spellings), eq(users.isActive, 1)))
    .limit(1)
  return (
    (
      await withParts(
        { orm, tables },
        rows.map(row => row.line),
      )
    )[0] ?? null
  )
}

/** The default line of the first active administrator, which takes the calls that nobody's line takes. */
export async function findAdminLine({ orm, tables }: Database): Promise<FullLine | null> {
  const { lines, users } = tables
  const rows = await orm
    .select({ line: lines })
    .from(lines)
    .innerJoin(users, eq(users.id, lines.userId))
    .where(and(eq(users.role, 'admin'), eq(users.isActive, 1)))
    .orderBy(asc(users.id), desc(lines.isDefault), asc(lines.id))
    .limit(1)
  return (
    (
      await withParts(
        { orm, tables },
        rows.map(row => row.line),
      )
    )[0] ?? null
  )
}

async function withParts({ orm, tables }: Pick<Database, 'orm' | 'tables'>, rows: LineRow[]): Promise<FullLine[]> {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const { lineNumbers, destinations } = tables
  const [numbers, targets] = await Promise.all([
    orm.select().from(lineNumbers).where(inArray(lineNumbers.lineId, ids)).orderBy(asc(lineNumbers.id)),
    orm
      .select()
      .from(destinations)
      .where(inArray(destinations.lineId, ids))
      .orderBy(asc(destinations.position), asc(destinations.id)),
  ])
  return rows.map(line => ({
    line,
    numbers: numbers.filter(row => row.lineId === line.id).map(row => row.number),
    destinations: targets.filter(row => row.lineId === line.id),
  }))
}

export function* insertLine(tx: Orm, { lines }: Tables, values: Tables['lines']['$inferInsert']) {
  const [row] = yield* run(tx.insert(lines).values(values).returning())
  return row!
}

export function* updateLine(tx: Orm, { lines }: Tables, id: number, values: LineValues) {
  if (Object.keys(values).length > 0) yield* run(tx.update(lines).set(values).where(eq(lines.id, id)))
}

export function* clearDefault(tx: Orm, { lines }: Tables, userId: number, exceptId: number) {
  yield* run(
    tx
      .update(lines)
      .set({ isDefault: 0 })
      .where(and(eq(lines.userId, userId), ne(lines.id, exceptId))),
  )
}

export function* countLines(tx: Orm, { lines }: Tables, userId: number) {
  return yield* run(tx.select({ id: lines.id, isDefault: lines.isDefault }).from(lines).where(eq(lines.userId, userId)))
}

export function* deleteLine(tx: Orm, { lines }: Tables, id: number) {
  yield* run(tx.delete(lines).where(eq(lines.id, id)))
}

/** Numbers of this list that belong to another line already. */
export function* takenNumbers(tx: Orm, { lineNumbers }: Tables, lineId: number, numbers: string[]) {
  if (numbers.length === 0) return []
  const rows = yield* run(
    tx
      .select({ number: lineNumbers.number })
      .from(lineNumbers)
      .where(and(inArray(lineNumbers.number, numbers), ne(lineNumbers.lineId, lineId))),
  )
  return rows.map(row => row.number)
}

export function* replaceNumbers(tx: Orm, { lineNumbers }: Tables, lineId: number, numbers: string[]) {
  yield* run(tx.delete(lineNumbers).where(eq(lineNumbers.lineId, lineId)))
  if (numbers.length > 0) yield* run(tx.insert(lineNumbers).values(numbers.map(number => ({ lineId, number }))))
}

export function* replaceDestinations(tx: Orm, { destinations }: Tables, lineId: number, list: DestinationRow[]) {
  yield* run(tx.delete(destinations).where(eq(destinations.lineId, lineId)))
  if (list.length === 0) return
  yield* run(tx.insert(destinations).values(list.map((item, position) => ({ lineId, position, ...item }))))
}
