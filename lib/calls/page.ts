import type { Database } from '#db/open.ts'
import { AppError } from '../errors.ts'
import type { CallDto, CallFilters } from './contract.ts'
import { toCallDto } from './dto.ts'
import { type ListRow, listByIds, listPage, type Place, withRecordings } from './repo-list.ts'
import { indexCalls, searchIds } from './repo-search.ts'
import { readSearch } from './words.ts'

export type PageAsked = { userId: number; filters: CallFilters; cursor?: string | undefined; limit: number }
export type Page = { calls: CallDto[]; nextCursor: string | null }

const indexedAtOnce = 100
/** Rounds of indexing that a search waits for; what is left then is found by the next one. */
const maxIndexRounds = 40
const foundAtOnce = 400
const maxSearchRounds = 25

/** One page of an owner's calls, listed or searched. May read many rows: run it apart when `isHeavy`. */
export async function readPage(db: Database, asked: PageAsked): Promise<Page> {
  const rows = asked.filters.q?.trim() ? await search(db, asked) : await list(db, asked)
  const page = rows.slice(0, asked.limit)
  const recorded = await withRecordings(
    db,
    page.map(({ id }) => id),
  )
  return {
    calls: page.map(row => toCallDto(row, recorded.has(row.id))),
    nextCursor: rows.length > asked.limit ? toCursor(page.at(-1)!) : null,
  }
}

/** Whether a page can need more than a walk along one index. */
export function isHeavy({ q, person, line, caller, source, status, urgency, unread }: CallFilters): boolean {
  const walks = [q, person, line, caller, source, urgency].some(filter => filter !== undefined)
  return walks || unread === false || (status !== undefined && status !== 'in_progress')
}

function list(db: Database, { userId, filters, cursor, limit }: PageAsked): Promise<ListRow[]> {
  return listPage(db, userId, filters, {
    after: cursor === undefined ? undefined : readCursor(cursor),
    limit: limit + 1,
  })
}

/** Newest first by row number: the index knows numbers, not instants. */
async function search(db: Database, { userId, filters, cursor, limit }: PageAsked): Promise<ListRow[]> {
  await indexPending(db)
  const words = readSearch(filters.q ?? '')
  const found: ListRow[] = []
  let beforeId = cursor === undefined ? undefined : readCursor(cursor).id
  for (let round = 0; round < maxSearchRounds && found.length <= limit; round++) {
    const ids = await searchIds(db, userId, words, { beforeId, limit: foundAtOnce })
    if (ids.length === 0) break
    found.push(...(await listByIds(db, userId, ids, filters)))
    beforeId = ids.at(-1)
    if (ids.length < foundAtOnce) break
  }
  return found.slice(0, limit + 1)
}

/** Brings the search index up to date; a database that is busy is searched as it is. */
export async function indexPending(db: Database, _asked?: undefined): Promise<number> {
  let total = 0
  try {
    for (let round = 0; round < maxIndexRounds; round++) {
      const count = await indexCalls(db, indexedAtOnce)
      total += count
      if (count < indexedAtOnce) break
    }
  } catch {
    // Locked or full: what is indexed already can still be found.
  }
  return total
}

function toCursor({ timestamp, id }: Place): string {
  return Buffer.from(`${timestamp} ${id}`).toString('base64url')
}

function readCursor(text: string): Place {
  const match = /^(\d{4}-\S{10,30}) (\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('latin1'))
  if (!match) throw new AppError('bad_request', 'The cursor is not one of this service.')
  return { timestamp: match[1]!, id: Number(match[2]) }
}
