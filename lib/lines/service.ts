import type { Orm } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '#lib/database.ts'
import { AppError } from '#lib/errors.ts'
import { touchHousehold } from '#lib/household.ts'
import { now } from '#lib/instant.ts'
import { bareNumber, isExternalNumber, numberKey } from '#lib/phone-number.ts'
import type { Destination, Line, LineChange, NewLine } from './contract.ts'
import { defaultDestination, disclosures, germanDestination, greetings, guessCountry, lineNames } from './defaults.ts'
import { canAddExternalDestination, canSeeLine, checkDestinations } from './policy.ts'
import * as repo from './repo.ts'

const mostLines = 50

export function toLine({ line, numbers, destinations }: repo.FullLine): Line {
  return {
    id: line.id,
    name: line.name,
    language: line.language,
    otherLanguage: line.otherLanguage,
    voice: line.voice,
    greeting: line.greeting,
    disclosure: line.disclosure,
    isRecording: line.isRecording === 1,
    country: line.country,
    timeZone: line.timeZone,
    hours: line.hours,
    holidays: line.holidays,
    closedAction: line.closedAction,
    withheld: line.withheld,
    isPersistentAllowed: line.isPersistentAllowed === 1,
    isDefault: line.isDefault === 1,
    numbers,
    destinations: destinations.map(({ label, target, isExternal }) => ({
      label,
      target,
      isExternal: isExternal === 1,
    })),
    createdAt: line.createdAt,
  }
}

/** The lines of the person who asks, the default one first. */
export async function listLines(actor: Actor): Promise<Line[]> {
  return (await repo.findLines(await database(), actor.userId)).map(toLine)
}

/** The lines of one owner, for screening and the agent. */
export async function linesOf(userId: number): Promise<Line[]> {
  return (await repo.findLines(await database(), userId)).map(toLine)
}

async function requireLine(actor: Actor, id: number): Promise<repo.FullLine> {
  const found = Number.isSafeInteger(id) ? await repo.findLine(await database(), id) : null
  if (!found || !canSeeLine(actor, found.line)) throw new AppError('not_found', 'There is no such line.')
  return found
}

export async function getLine(actor: Actor, id: number): Promise<Line> {
  return toLine(await requireLine(actor, id))
}

/**
 * Whose line a called number rings: the line that owns it, else the administrator's default line, else null (nobody has
 * been set up yet). `number` may be an extension, `+E.164`, or a SIP address.
 */
export async function findLineForNumber(number: string): Promise<{ userId: number; line: Line } | null> {
  const db = await database()
  const bare = bareNumber(number)
  const digits = bare.replace(/[^\d+*#]/g, '')
  const spellings = [...new Set([bare, digits, `+${digits}`, digits.replace(/^\+/, '')])].filter(Boolean)
  let found = spellings.length > 0 ? await repo.findLineByNumbers(db, spellings) : null
  found ??= await repo.findAdminLine(db)
  return found && { userId: found.line.userId, line: toLine(found) }
}

/** Numbers are kept as extension or as E.164, so that one number cannot belong to two lines in two spellings. */
function storedNumbers(numbers: readonly string[], country: string): string[] {
  return [...new Set(numbers.map(number => numberKey(number, country)).filter(Boolean))]
}

function toDestinationRow({ label, target }: Destination): repo.DestinationRow {
  return { label, target, isExternal: isExternalNumber(target) ? 1 : 0 }
}

function* saveNumbers(tx: Orm, tables: Tables, lineId: number, numbers: string[]) {
  const taken = yield* repo.takenNumbers(tx, tables, lineId, numbers)
  if (taken.length > 0) throw new AppError('conflict', `The number ${taken[0]} belongs to another line already.`)
  yield* repo.replaceNumbers(tx, tables, lineId, numbers)
}

/** A line with defaults: name and greeting in the owner's language, destination `100`, open at all hours. Runs inside the writer, so that an account never exists without one. */
export function* createDefaultLine(
  tx: Orm,
  tables: Tables,
  owner: { userId: number; timeZone?: string; language?: string },
) {
  const timeZone = owner.timeZone ?? 'UTC'
  const language = owner.language === 'de' ? 'de' : 'en'
  const row = yield* repo.insertLine(tx, tables, {
    ...newLineValues({ name: lineNames[language], timeZone, language }),
    userId: owner.userId,
    isDefault: 1,
    createdAt: now(),
  })
  const destination = language === 'de' ? germanDestination : defaultDestination
  yield* repo.replaceDestinations(tx, tables, row.id, [toDestinationRow(destination)])
  return row.id
}

function newLineValues(line: NewLine) {
  const language = line.language ?? 'en'
  const timeZone = line.timeZone ?? 'UTC'
  return {
    name: line.name,
    language,
    otherLanguage: line.otherLanguage ?? null,
    voice: line.voice ?? null,
    greeting: line.greeting ?? greetings[language],
    disclosure: line.disclosure ?? disclosures[language],
    isRecording: line.isRecording ? 1 : 0,
    country: line.country ?? guessCountry(timeZone),
    timeZone,
    hours: line.hours ?? [],
    holidays: line.holidays ?? [],
    closedAction: line.closedAction ?? ('voicemail' as const),
    withheld: line.withheld ?? ('ask_question' as const),
    isPersistentAllowed: line.isPersistentAllowed === false ? 0 : 1,
  }
}

export async function createLine(actor: Actor, line: NewLine): Promise<Line> {
  const db = await database()
  const values = newLineValues(line)
  const wanted = line.destinations ?? [defaultDestination]
  checkDestinations(actor, wanted, [], values.country)
  const id = await db.write(function* (tx) {
    const before = yield* repo.countLines(tx, db.tables, actor.userId)
    if (before.length >= mostLines) throw new AppError('conflict', `One account can have ${mostLines} lines.`)
    const row = yield* repo.insertLine(tx, db.tables, {
      ...values,
      userId: actor.userId,
      isDefault: before.some(other => other.isDefault === 1) ? 0 : 1,
      createdAt: now(),
    })
    yield* saveNumbers(tx, db.tables, row.id, storedNumbers(line.numbers ?? [], values.country))
    yield* repo.replaceDestinations(tx, db.tables, row.id, wanted.map(toDestinationRow))
    return row.id
  })
  touchHousehold(actor.userId)
  return getLine(actor, id)
}

export async function changeLine(actor: Actor, id: number, change: LineChange): Promise<Line> {
  const db = await database()
  const before = await requireLine(actor, id)
  const country = change.country ?? before.line.country
  if (change.destinations) checkDestinations(actor, change.destinations, before.destinations, country)
  if (change.isDefault === false && before.line.isDefault === 1) {
    throw new AppError('invalid', 'Make another line the default one instead.')
  }
  const { numbers, destinations, isDefault, isRecording, isPersistentAllowed, ...values } = change
  await db.write(function* (tx) {
    yield* repo.updateLine(tx, db.tables, id, {
      ...values,
      ...(isRecording === undefined ? {} : { isRecording: isRecording ? 1 : 0 }),
      ...(isPersistentAllowed === undefined ? {} : { isPersistentAllowed: isPersistentAllowed ? 1 : 0 }),
      ...(isDefault ? { isDefault: 1 } : {}),
    })
    if (isDefault) yield* repo.clearDefault(tx, db.tables, actor.userId, id)
    if (numbers) yield* saveNumbers(tx, db.tables, id, storedNumbers(numbers, country))
    if (destinations) yield* repo.replaceDestinations(tx, db.tables, id, destinations.map(toDestinationRow))
  })
  touchHousehold(actor.userId)
  return getLine(actor, id)
}

/** The default line stays: calls must always have somewhere to go. */
export async function removeLine(actor: Actor, id: number): Promise<void> {
  const db = await database()
  const { line } = await requireLine(actor, id)
  if (line.isDefault === 1)
    throw new AppError('conflict', 'The default line cannot be removed. Make another line the default one first.')
  await db.write(function* (tx) {
    yield* repo.deleteLine(tx, db.tables, id)
  })
  touchHousehold(actor.userId)
}

/** An administrator puts an external number on the allow-list of anybody's line. */
export async function addExternalDestination(actor: Actor, id: number, destination: Destination): Promise<Line> {
  const db = await database()
  if (!canAddExternalDestination(actor)) throw new AppError('forbidden', 'Only an administrator can do this.')
  const before = Number.isSafeInteger(id) ? await repo.findLine(db, id) : null
  if (!before) throw new AppError('not_found', 'There is no such line.')
  const list = [...before.destinations.filter(({ target }) => target !== destination.target), destination]
  checkDestinations(actor, list, [], before.line.country)
  await db.write(function* (tx) {
    yield* repo.replaceDestinations(tx, db.tables, id, list.map(toDestinationRow))
  })
  touchHousehold(before.line.userId)
  const after = await repo.findLine(db, id)
  return toLine(after!)
}
