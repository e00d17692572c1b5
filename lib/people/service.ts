import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '#lib/database.ts'
import { AppError } from '#lib/errors.ts'
import { touchHousehold } from '#lib/household.ts'
import { now } from '#lib/instant.ts'
import { linesOf } from '#lib/lines/index.ts'
import { nationalDigits, numberKey } from '#lib/phone-number.ts'
import type { NewPerson, PeoplePage, PeopleQuery, Person, PersonChange } from './contract.ts'
import { canSeePerson } from './policy.ts'
import * as repo from './repo.ts'
import * as blocked from './repo-blocked.ts'

export function toPerson({ person, numbers }: repo.FullPerson): Person {
  return {
    id: person.id,
    name: person.name,
    organisation: person.organisation,
    trust: person.trust,
    note: person.note,
    quietFromMin: person.quietFromMin,
    quietToMin: person.quietToMin,
    numbers: numbers.map(({ number, key }) => ({ number, key })),
    createdAt: person.createdAt,
    updatedAt: person.updatedAt,
  }
}

/** The country in which numbers without a country code are read: the default line's. */
export async function homeCountry(userId: number): Promise<string> {
  const lines = await linesOf(userId)
  return lines[0]?.country ?? 'US'
}

export function toNumberRows(numbers: readonly string[], country: string): repo.NumberRow[] {
  const rows = numbers.map(number => ({ number: number.trim(), key: numberKey(number, country) }))
  return [...new Map(rows.filter(row => row.key).map(row => [row.key, row])).values()]
}

function readCursor(cursor: string | undefined): { name: string; id: number } | undefined {
  if (!cursor) return undefined
  const at = cursor.indexOf('.')
  const id = Number(cursor.slice(0, at))
  if (at < 1 || !Number.isSafeInteger(id))
    throw new AppError('bad_request', 'The cursor is not one that this list gave.')
  return { id, name: Buffer.from(cursor.slice(at + 1), 'base64url').toString() }
}

/** People by name; `search` looks at names, organisations and numbers. */
export async function listPeople(actor: Actor, query: PeopleQuery): Promise<PeoplePage> {
  const isNumber = /^[\d\s+()./-]+$/.test(query.search ?? '')
  const digits = isNumber ? query.search?.replace(/\D/g, '').replace(/^0+/, '') : undefined
  const after = readCursor(query.cursor)
  const rows = await repo.findPeople(await database(), actor.userId, {
    limit: query.limit + 1,
    ...(query.search ? { search: query.search } : {}),
    ...(digits && digits.length >= 3 ? { digits } : {}),
    ...(query.trust ? { trust: query.trust } : {}),
    ...(after ? { after } : {}),
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)?.person
  const next = rows.length > query.limit && last ? `${last.id}.${Buffer.from(last.name).toString('base64url')}` : null
  return { people: page.map(toPerson), next }
}

async function requirePerson(actor: Actor, id: number): Promise<repo.FullPerson> {
  const found = Number.isSafeInteger(id) ? await repo.findPerson(await database(), id) : null
  if (!found || !canSeePerson(actor, found.person)) throw new AppError('not_found', 'There is no such person.')
  return found
}

export async function getPerson(actor: Actor, id: number): Promise<Person> {
  return toPerson(await requirePerson(actor, id))
}

export async function createPerson(actor: Actor, person: NewPerson): Promise<Person> {
  const db = await database()
  const numbers = toNumberRows(person.numbers ?? [], await homeCountry(actor.userId))
  const id = await db.write(function* (tx) {
    const taken = yield* repo.findByKeys(
      tx,
      db.tables,
      actor.userId,
      numbers.map(row => row.key),
    )
    if (taken.length > 0)
      throw new AppError('conflict', `The number ${taken[0]!.key} belongs to another person already.`)
    const created = yield* repo.insertPerson(tx, db.tables, {
      userId: actor.userId,
      name: person.name,
      organisation: person.organisation || null,
      trust: person.trust ?? 'known',
      note: person.note || null,
      quietFromMin: person.quietFromMin ?? null,
      quietToMin: person.quietToMin ?? null,
      createdAt: now(),
      updatedAt: now(),
    })
    yield* repo.insertNumbers(tx, db.tables, actor.userId, created, numbers)
    return created
  })
  touchHousehold(actor.userId)
  return getPerson(actor, id)
}

export async function changePerson(actor: Actor, id: number, change: PersonChange): Promise<Person> {
  const db = await database()
  await requirePerson(actor, id)
  const { numbers: given, ...values } = change
  const numbers = given && toNumberRows(given, await homeCountry(actor.userId))
  await db.write(function* (tx) {
    yield* repo.updatePerson(tx, db.tables, id, { ...values, updatedAt: now() })
    if (!numbers) return
    const taken = yield* repo.findByKeys(
      tx,
      db.tables,
      actor.userId,
      numbers.map(row => row.key),
    )
    const other = taken.find(row => row.personId !== id)
    if (other) throw new AppError('conflict', `The number ${other.key} belongs to another person already.`)
    yield* repo.deleteNumbers(tx, db.tables, id)
    yield* repo.insertNumbers(tx, db.tables, actor.userId, id, numbers)
  })
  touchHousehold(actor.userId)
  return getPerson(actor, id)
}

export async function removePerson(actor: Actor, id: number): Promise<void> {
  const db = await database()
  await requirePerson(actor, id)
  await db.write(function* (tx) {
    yield* repo.deletePerson(tx, db.tables, id)
  })
  touchHousehold(actor.userId)
}

/** Whether a user has any people or block lists at all, so that most calls need not ask further. */
export async function hasPeopleOrBlockList(userId: number) {
  return repo.hasAny(await database(), userId)
}

/** What the owner's people and block lists know of a number. `key` is numberKey's; '' is nobody. */
export async function recognise(userId: number, key: string, country: string) {
  if (!key) return { person: null, blockedBy: null }
  const db = await database()
  const [person, blockedBy] = await Promise.all([
    // A number that was typed as it is dialled at home is kept so when the line's country did not know it.
    repo.findByKey(db, userId, [key, nationalDigits(key)].filter(Boolean)),
    blocked.findBlocking(db, userId, key, country),
  ])
  return { person, blockedBy }
}
