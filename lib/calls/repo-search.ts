import { asc, desc, inArray, type SQL, sql } from 'drizzle-orm'
import { type Database, type Orm, prepared, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'
import { foldWords, numberTails, type Search } from './words.ts'

const maxIndexedLength = 20_000

/**
 * Puts up to `limit` changed rows into the search index and returns how many there were. Not part of taking a call:
 * whoever searches, or the thread that works apart, does it afterwards.
 */
export function indexCalls({ dialect, tables, write }: Database, limit: number): Promise<number> {
  return write(function* (tx) {
    const rows = yield* run(unindexed(tx, tables, limit))
    for (const row of rows) {
      const words = foldWords(
        [row.callerName, row.organisation, row.reason, row.summary, row.note, row.transcript]
          .filter(Boolean)
          .join(' ')
          .slice(0, maxIndexedLength),
      )
      // A name may stand where the number should be: `sip:anna@example.com`.
      const named = foldWords(`${row.callerNumber} ${row.calledNumber}`)
      const tails = [row.callerNumber, row.callerKey, row.calledNumber, row.callbackNumber].flatMap(number =>
        number ? numberTails(number) : [],
      )
      const entry = { call: row.id, userId: row.userId, words: [...words, ...named], numbers: [...new Set(tails)] }
      if (dialect === 'pg') yield* indexInPostgres(tx, entry)
      else yield* indexInSqlite(tx, entry)
    }
    const t = tables.callHistory
    const ids = rows.map(row => row.id)
    if (ids.length > 0) yield* run(tx.update(t).set({ isIndexed: 1 }).where(inArray(t.id, ids)))
    return rows.length
  })
}

/** The newest row that waits for the index, or null: one step into a small index, for asking every other second. */
export async function newestUnindexed({ orm, tables: { callHistory: t } }: Database): Promise<number | null> {
  const [row] = await prepared(orm, 'calls_unindexed', orm =>
    orm.select({ id: t.id }).from(t).where(sql`${t.isIndexed} = 0`).orderBy(desc(t.id)).limit(1),
  )()
  return row?.id ?? null
}

type Entry = { call: number; userId: number | null; words: string[]; numbers: string[] }

function unindexed(tx: Orm, { callHistory: t }: Tables, limit: number) {
  return tx
    .select({
      id: t.id,
      userId: t.userId,
      callerNumber: t.callerNumber,
      calledNumber: t.calledNumber,
      callerKey: t.callerKey,
      callbackNumber: t.callbackNumber,
      callerName: t.callerName,
      organisation: t.organisation,
      reason: t.reason,
      summary: t.summary,
      note: t.note,
      transcript: t.transcript,
    })
    .from(t)
    .where(sql`${t.isIndexed} = 0`)
    .orderBy(asc(t.id))
    .limit(limit)
}

function* indexInSqlite(tx: Orm, { call, userId, words, numbers }: Entry) {
  yield* run(
    execute(
      tx,
      sql`INSERT OR REPLACE INTO call_search (rowid, owner, words, numbers)
          VALUES (${call}, ${`u${userId}`}, ${words.join(' ')}, ${numbers.join(' ')})`,
    ),
  )
}

function* indexInPostgres(tx: Orm, { call, userId, words, numbers }: Entry) {
  // Numbers carry a mark, as the column does in SQLite, so that "12" typed as a word stays a word.
  const lexemes = [...new Set([...words, ...numbers.map(digits => `#${digits}`)])].join(' ')
  yield* run(
    execute(
      tx,
      sql`INSERT INTO call_search (call, user_id, words) VALUES (${call}, ${userId}, array_to_tsvector(string_to_array(${lexemes}, ' ')))
          ON CONFLICT (call) DO UPDATE SET words = excluded.words, user_id = excluded.user_id`,
    ),
  )
}

/** Ids of an owner's calls that hold all of it, the newest first, below `beforeId`. */
export async function searchIds(
  db: Database,
  userId: number,
  search: Search,
  { beforeId, limit }: { beforeId?: number | undefined; limit: number },
): Promise<number[]> {
  if (search.words.length + search.numbers.length === 0) return []
  const query =
    db.dialect === 'pg' ? inPostgres(userId, search, beforeId, limit) : inSqlite(userId, search, beforeId, limit)
  const rows = await readRows<{ id: number | string }>(db, query)
  return rows.map(row => Number(row.id))
}

// What is searched for holds letters and digits only, so it can stand between the quotes of either query language.
function inSqlite(userId: number, { words, numbers }: Search, beforeId: number | undefined, limit: number): SQL {
  const match = [
    `owner:u${userId}`,
    ...words.map(word => `words:"${word}"*`),
    ...numbers.map(digits => `numbers:"${digits}"*`),
  ].join(' AND ')
  const below = beforeId === undefined ? sql`` : sql`AND rowid < ${beforeId}`
  return sql`SELECT rowid AS id FROM call_search WHERE call_search MATCH ${match} ${below} ORDER BY rowid DESC LIMIT ${limit}`
}

function inPostgres(userId: number, { words, numbers }: Search, beforeId: number | undefined, limit: number): SQL {
  const match = [...words.map(word => `'${word}':*`), ...numbers.map(digits => `'#${digits}':*`)].join(' & ')
  const below = beforeId === undefined ? sql`` : sql`AND call < ${beforeId}`
  return sql`SELECT call AS id FROM call_search WHERE user_id = ${userId} AND words @@ ${match}::tsquery ${below} ORDER BY call DESC LIMIT ${limit}`
}

type Either = {
  execute?(query: SQL): PromiseLike<{ rows: unknown[] }>
  run(query: SQL): PromiseLike<unknown>
  all(query: SQL): PromiseLike<unknown[]>
}

function execute(tx: Orm, query: SQL): PromiseLike<unknown> {
  const orm = tx as unknown as Either
  return orm.execute ? orm.execute(query) : orm.run(query)
}

async function readRows<T>({ orm }: Database, query: SQL): Promise<T[]> {
  const either = orm as unknown as Either
  return (either.execute ? (await either.execute(query)).rows : await either.all(query)) as T[]
}
