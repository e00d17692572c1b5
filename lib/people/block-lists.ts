import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '#lib/database.ts'
import { AppError } from '#lib/errors.ts'
import { touchHousehold } from '#lib/household.ts'
import { now } from '#lib/instant.ts'
import { numberKey } from '#lib/phone-number.ts'
import type { BlockedNumber, BlockedQuery, ImportResult } from './contract.ts'
import { linesOfFile } from './lines-of-file.ts'
import * as repo from './repo-blocked.ts'
import { homeCountry } from './service.ts'
import { importLimitBytes } from './transfer.ts'

const mostRows = 200_000
const batchSize = 300
const mostProblems = 20

/**
 * One line of a block list as it is stored: a whole number as E.164, a beginning (`0900*`, `+4930`) as its digits. What
 * stands after a comma, semicolon, tab or `#` is somebody's note. null for a line without a number, undefined for nonsense.
 */
export function readBlockedLine(line: string, country: string): string | null | undefined {
  const text = line
    .replace(/^\ufeff/, '')
    .replace(/[#;,\t].*$/, '')
    .replace(/["']/g, '')
    .trim()
  if (text === '') return null
  if (text.length > 40 || !/^[+0-9*x ()./-]+$/i.test(text) || !/\d/.test(text)) return undefined
  const isBeginning = /[*x]+$/i.test(text)
  const digits = text.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '')
  const international = digits.startsWith('00') ? `+${digits.slice(2)}` : digits
  // Too short a beginning would keep out half a country by accident.
  if (international.replace('+', '').length < (international.startsWith('+') ? 2 : 3)) return undefined
  return isBeginning || digits.length < 7 ? international.slice(0, 20) : numberKey(text, country).slice(0, 20)
}

/** Adds the lines of a text file to one of the owner's block lists. */
export async function importBlockList(actor: Actor, request: Request, list: string): Promise<ImportResult> {
  const country = await homeCountry(actor.userId)
  const result: ImportResult = { added: 0, updated: 0, skipped: 0, problems: [] }
  let position = 0
  let batch: string[] = []
  const save = async () => {
    result.added += await saveBatch(actor, list, batch)
    batch = []
  }
  for await (const line of linesOfFile(request, importLimitBytes)) {
    position += 1
    const prefix = readBlockedLine(line, country)
    if (prefix) batch.push(prefix)
    else if (prefix === undefined) {
      result.skipped += 1
      if (result.problems.length < mostProblems) result.problems.push(`Line ${position} is no telephone number.`)
    }
    if (batch.length >= batchSize) await save()
  }
  if (batch.length > 0) await save()
  touchHousehold(actor.userId)
  return result
}

async function saveBatch({ userId }: Actor, list: string, prefixes: readonly string[]): Promise<number> {
  const db = await database()
  return db.write(function* (tx) {
    const before = yield* repo.countBlocked(tx, db.tables, userId)
    if (before + prefixes.length > mostRows) throw new AppError('invalid', `One account can block ${mostRows} numbers.`)
    if (before === 0) yield* repo.stopPersistence(tx, db.tables, userId)
    const createdAt = now()
    const rows = [...new Set(prefixes)].map(prefix => ({ userId, list, prefix, createdAt }))
    return yield* repo.insertBlocked(tx, db.tables, rows)
  })
}

export async function listBlockedNumbers(
  actor: Actor,
  query: BlockedQuery,
): Promise<{ numbers: BlockedNumber[]; lists: { list: string; count: number }[] }> {
  const db = await database()
  const [rows, lists] = await Promise.all([
    repo.findBlocked(db, actor.userId, query),
    repo.countByList(db, actor.userId),
  ])
  return {
    numbers: rows.map(({ id, list, prefix, createdAt }) => ({ id, list, prefix, createdAt })),
    lists: lists.map(({ list, count }) => ({ list, count: Number(count) })),
  }
}

export async function removeBlockedNumber(actor: Actor, id: number): Promise<void> {
  const db = await database()
  const gone = await db.write(function* (tx) {
    return yield* repo.deleteBlocked(tx, db.tables, actor.userId, id)
  })
  if (gone === 0) throw new AppError('not_found', 'There is no such number.')
  touchHousehold(actor.userId)
}

export async function removeBlockList(actor: Actor, list: string): Promise<{ removed: number }> {
  const db = await database()
  const removed = await db.write(function* (tx) {
    return yield* repo.deleteList(tx, db.tables, actor.userId, list)
  })
  touchHousehold(actor.userId)
  return { removed }
}
