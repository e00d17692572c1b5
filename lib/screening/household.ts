import { database } from '#lib/database.ts'
import { householdVersion, touchHousehold } from '#lib/household.ts'
import { toInstant } from '#lib/instant.ts'
import { defaultDestination, disclosures, greetings, type Line, linesOf } from '#lib/lines/index.ts'
import { once } from '#lib/once.ts'
import { hasPeopleOrBlockList, recognise } from '#lib/people/index.ts'
import { bareNumber, isWithheld, numberKey } from '#lib/phone-number.ts'
import { rulesOf } from '#lib/rules/index.ts'
import type { Caller, Household, HouseholdLine } from './contract.ts'
import { findEmergency, findOwner, findRecent, saveEmergency } from './repo.ts'

/** How long a copy may be older than a change that another process made. */
const copyLifeMs = 2_000
const dayMs = 24 * 60 * 60_000
const mostCopies = 5_000

type Owned = { house: Omit<Household, 'line'>; lines: readonly Line[] }
type Copy = { version: number; until: number; owned: Promise<Owned> }

const copies = () => once('households', () => new Map<number, Copy>())

function owned(userId: number): Promise<Owned> {
  const known = copies().get(userId)
  const version = householdVersion(userId)
  if (known && known.version === version && known.until > Date.now()) return known.owned
  const made = loadOwned(userId)
  if (copies().size >= mostCopies) copies().clear()
  copies().set(userId, { version, until: Date.now() + copyLifeMs, owned: made })
  made.catch(() => copies().delete(userId))
  return made
}

async function loadOwned(userId: number): Promise<Owned> {
  const db = await database()
  const [owner, lines, rules, has, emergencyAt] = await Promise.all([
    findOwner(db, userId),
    linesOf(userId),
    rulesOf(userId),
    hasPeopleOrBlockList(userId),
    findEmergency(db, userId),
  ])
  const numbers = lines.flatMap(line =>
    [...line.numbers, ...line.destinations.map(({ target }) => target)].map(number => numberKey(number, line.country)),
  )
  const instructions = owner?.preferences?.instructions
  const house = {
    userId,
    ownerName: owner?.username ?? '',
    rules,
    ownKeys: new Set(numbers),
    ...has,
    instructions: typeof instructions === 'string' ? instructions.slice(0, 500) : '',
    ...(emergencyAt === undefined ? {} : { emergencyAt }),
  }
  return { house, lines }
}

/** The line of a house that takes calls when none of its own does, and the whole house of a caller without credentials. */
function spareLine(): HouseholdLine {
  return {
    id: 0,
    name: 'Line',
    language: 'en',
    otherLanguage: null,
    greeting: greetings.en,
    disclosure: disclosures.en,
    isRecording: false,
    voice: null,
    country: 'US',
    timeZone: 'UTC',
    hours: [],
    holidays: [],
    closedAction: 'voicemail',
    withheld: 'ask_question',
    isPersistentAllowed: false,
    numbers: [],
    destinations: [{ ...defaultDestination, isExternal: false }],
  }
}

export function strangersHousehold(): Household {
  return {
    userId: null,
    ownerName: '',
    line: spareLine(),
    rules: [],
    ownKeys: new Set(),
    hasPeople: false,
    hasBlockList: false,
    instructions: '',
  }
}

function pickLine(lines: readonly Line[], calledNumber: string): HouseholdLine {
  const bare = bareNumber(calledNumber)
  const own = lines.find(
    line => line.numbers.includes(bare) || line.numbers.includes(numberKey(calledNumber, line.country)),
  )
  return own ?? lines.find(line => line.isDefault) ?? lines[0] ?? spareLine()
}

/** The line that this call came in on. */
export async function loadLine(userId: number, calledNumber: string): Promise<HouseholdLine> {
  const { lines } = await owned(userId)
  return pickLine(lines, calledNumber)
}

/** All that the ladder needs of one owner; cheap, because it is asked on every call. */
export async function loadHousehold(userId: number | null, calledNumber: string): Promise<Household> {
  if (userId === null) return strangersHousehold()
  const { house, lines } = await owned(userId)
  return { ...house, line: pickLine(lines, calledNumber) }
}

/** What the house knows of this caller. */
export async function loadCaller(
  household: Household,
  callerNumber: string,
  { at, call = 0, wantsRecent }: { at: number; call?: number; wantsRecent: boolean },
): Promise<Caller> {
  const { userId, line } = household
  const key = numberKey(callerNumber, line.country)
  const caller = {
    number: callerNumber,
    key,
    isWithheld: isWithheld(callerNumber),
    isForged: household.ownKeys.has(key),
  }
  const isRecognisable = household.hasPeople || household.hasBlockList
  if (userId === null || !key || !(isRecognisable || wantsRecent)) return { ...caller, recent: [] }
  const [found, recent] = await Promise.all([
    isRecognisable ? recognise(userId, key, line.country) : null,
    wantsRecent
      ? findRecent(await database(), {
          userId,
          key,
          since: toInstant(at - dayMs),
          until: toInstant(at),
          except: call,
        })
      : [],
  ])
  const person = found?.person
  return {
    ...caller,
    ...(person ? { person: { id: person.id, name: person.name, trust: person.trust } } : {}),
    ...(found?.blockedBy ? { blockedBy: found.blockedBy } : {}),
    recent: recent.map(({ timestamp, rung, action }) => ({ at: Date.parse(timestamp), rung, action })),
  }
}

/** An emergency call has just left one of this owner's lines: for 30 minutes every caller rings through. */
export async function noteEmergencyCall(userId: number, at = Date.now()): Promise<void> {
  const db = await database()
  await db.write(function* (tx) {
    yield* saveEmergency(tx, db.tables, userId, toInstant(at))
  })
  touchHousehold(userId)
}
