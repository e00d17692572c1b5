import { and, asc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

export type PersonRow = Tables['people']['$inferSelect']
export type NumberRow = { number: string; key: string }
export type FullPerson = { person: PersonRow; numbers: NumberRow[] }
export type PersonValues = Partial<Omit<PersonRow, 'id' | 'userId' | 'createdAt'>>

export async function findPeople(
  { orm, tables }: Database,
  userId: number,
  filter: {
    search?: string
    digits?: string
    trust?: PersonRow['trust']
    after?: { name: string; id: number }
    limit: number
  },
): Promise<FullPerson[]> {
  const { people, personNumbers } = tables
  const conditions: (SQL | undefined)[] = [eq(people.userId, userId)]
  if (filter.trust) conditions.push(eq(people.trust, filter.trust))
  if (filter.after) {
    const { name, id } = filter.after
    conditions.push(or(gt(people.name, name), and(eq(people.name, name), gt(people.id, id))))
  }
  if (filter.search) {
    const like = `%${filter.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    const byNumber = filter.digits
      ? sql`${people.id} in (select ${personNumbers.personId} from ${personNumbers} where ${personNumbers.userId} = ${userId} and ${personNumbers.key} like ${`%${filter.digits}%`})`
      : undefined
    conditions.push(
      or(
        sql`lower(${people.name}) like ${like} escape '\\'`,
        sql`lower(${people.organisation}) like ${like} escape '\\'`,
        byNumber,
      ),
    )
  }
  const rows = await orm
    .select()
    .from(people)
    .where(and(...conditions))
    .orderBy(asc(people.name), asc(people.id))
    .limit(filter.limit)
  return withNumbers({ orm, tables }, rows)
}

export async function findPerson({ orm, tables }: Database, id: number): Promise<FullPerson | null> {
  const rows = await orm.select().from(tables.people).where(eq(tables.people.id, id))
  return (await withNumbers({ orm, tables }, rows))[0] ?? null
}

async function withNumbers(
  { orm, tables }: Pick<Database, 'orm' | 'tables'>,
  rows: PersonRow[],
): Promise<FullPerson[]> {
  if (rows.length === 0) return []
  const { personNumbers } = tables
  const ids = rows.map(row => row.id)
  const numbers = await orm
    .select()
    .from(personNumbers)
    .where(inArray(personNumbers.personId, ids))
    .orderBy(asc(personNumbers.id))
  const byPerson = Map.groupBy(numbers, row => row.personId)
  return rows.map(person => ({ person, numbers: byPerson.get(person.id) ?? [] }))
}

/** The person whom one of these spellings of a number belongs to; the first spelling is the surest. */
export async function findByKey({ orm, tables }: Database, userId: number, keys: string[]) {
  const { people, personNumbers } = tables
  const rows = await orm
    .select({
      id: people.id,
      name: people.name,
      organisation: people.organisation,
      trust: people.trust,
      key: personNumbers.key,
    })
    .from(personNumbers)
    .innerJoin(people, eq(people.id, personNumbers.personId))
    .where(and(eq(personNumbers.userId, userId), inArray(personNumbers.key, keys)))
    .limit(2)
  return rows.find(({ key }) => key === keys[0]) ?? rows[0] ?? null
}

export async function hasAny({ orm, tables }: Database, userId: number) {
  const { people, blockedNumbers } = tables
  const [person, blocked] = await Promise.all([
    orm.select({ id: people.id }).from(people).where(eq(people.userId, userId)).limit(1),
    orm.select({ id: blockedNumbers.id }).from(blockedNumbers).where(eq(blockedNumbers.userId, userId)).limit(1),
  ])
  return { hasPeople: person.length > 0, hasBlockList: blocked.length > 0 }
}

export function* findByKeys(tx: Orm, { personNumbers }: Tables, userId: number, keys: string[]) {
  if (keys.length === 0) return []
  return yield* run(
    tx
      .select({ key: personNumbers.key, personId: personNumbers.personId })
      .from(personNumbers)
      .where(and(eq(personNumbers.userId, userId), inArray(personNumbers.key, keys))),
  )
}

export function* insertPerson(tx: Orm, { people }: Tables, values: Tables['people']['$inferInsert']) {
  const [row] = yield* run(tx.insert(people).values(values).returning({ id: people.id }))
  return row!.id
}

export function* updatePerson(tx: Orm, { people }: Tables, id: number, values: PersonValues) {
  yield* run(tx.update(people).set(values).where(eq(people.id, id)))
}

/** Fills the organisation of somebody who has none. */
export function* fillOrganisation(tx: Orm, { people }: Tables, id: number, organisation: string) {
  yield* run(
    tx
      .update(people)
      .set({ organisation })
      .where(and(eq(people.id, id), sql`${people.organisation} is null`)),
  )
}

export function* deletePerson(tx: Orm, { people }: Tables, id: number) {
  yield* run(tx.delete(people).where(eq(people.id, id)))
}

export function* deleteNumbers(tx: Orm, { personNumbers }: Tables, personId: number) {
  yield* run(tx.delete(personNumbers).where(eq(personNumbers.personId, personId)))
}

export function* insertNumbers(
  tx: Orm,
  { personNumbers }: Tables,
  userId: number,
  personId: number,
  numbers: NumberRow[],
) {
  if (numbers.length === 0) return
  yield* run(
    tx
      .insert(personNumbers)
      .values(numbers.map(({ number, key }) => ({ userId, personId, number, key })))
      .onConflictDoNothing(),
  )
}
