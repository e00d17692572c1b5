import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '#lib/database.ts'
import { touchHousehold } from '#lib/household.ts'
import { now } from '#lib/instant.ts'
import type { ImportResult } from './contract.ts'
import { linesOfFile } from './lines-of-file.ts'
import * as repo from './repo.ts'
import { homeCountry, listPeople, toNumberRows } from './service.ts'
import { type Card, cardsOf, readCard, writeCard } from './vcard.ts'

export const importLimitBytes = 10 * 1024 * 1024
const batchSize = 200
const mostProblems = 20

/**
 * Reads a vCard file as it arrives. Somebody whose number is there already gets the new numbers and keeps name and trust;
 * everybody else comes in as known. A card that cannot be read costs only itself.
 */
export async function importPeople(actor: Actor, request: Request): Promise<ImportResult> {
  const country = await homeCountry(actor.userId)
  const result: ImportResult = { added: 0, updated: 0, skipped: 0, problems: [] }
  let position = 0
  let batch: Card[] = []
  const save = async () => {
    const { added, updated } = await saveCards(actor, batch, country)
    result.added += added
    result.updated += updated
    batch = []
  }
  for await (const text of cardsOf(linesOfFile(request, importLimitBytes))) {
    position += 1
    const card = text === null ? null : readCard(text)
    if (card) batch.push(card)
    else {
      result.skipped += 1
      const why = text === null ? 'is not complete or too large' : 'holds no name with a telephone number'
      if (result.problems.length < mostProblems) result.problems.push(`Card ${position} ${why}.`)
    }
    if (batch.length >= batchSize) await save()
  }
  if (batch.length > 0) await save()
  if (position === 0) result.problems.push('The file holds no vCard.')
  touchHousehold(actor.userId)
  return result
}

async function saveCards(actor: Actor, cards: readonly Card[], country: string) {
  const db = await database()
  const { userId } = actor
  return db.write(function* (tx) {
    let added = 0
    let updated = 0
    for (const card of cards) {
      const numbers = toNumberRows(card.numbers, country)
      const known = yield* repo.findByKeys(
        tx,
        db.tables,
        userId,
        numbers.map(({ key }) => key),
      )
      const free = numbers.filter(({ key }) => !known.some(row => row.key === key))
      const existing = known[0]?.personId
      if (existing === undefined) {
        const values = { name: card.name, organisation: card.organisation, note: card.note, trust: 'known' as const }
        const id = yield* repo.insertPerson(tx, db.tables, { userId, ...values, createdAt: now(), updatedAt: now() })
        yield* repo.insertNumbers(tx, db.tables, userId, id, free)
        added += 1
      } else {
        if (card.organisation) yield* repo.fillOrganisation(tx, db.tables, existing, card.organisation)
        yield* repo.insertNumbers(tx, db.tables, userId, existing, free)
        updated += 1
      }
    }
    return { added, updated }
  })
}

/** Everybody as one vCard file, page by page as the client reads. */
export function exportPeople(actor: Actor): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let cursor: string | undefined
  let isDone = false
  return new ReadableStream({
    async pull(out) {
      if (isDone) return out.close()
      const page = await listPeople(actor, { limit: 500, ...(cursor ? { cursor } : {}) })
      cursor = page.next ?? undefined
      isDone = page.next === null
      out.enqueue(encoder.encode(page.people.map(writeCard).join('')))
      if (isDone) out.close()
    },
  })
}
