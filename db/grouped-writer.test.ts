import SQLite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { groupedWriter } from './grouped-writer.ts'
import { type Database, run } from './open.ts'

describe('the writer', () => {
  let sqlite: SQLite.Database
  let syncs: { finish(): void; fail(error: Error): void }[]
  let write: Database['write']
  let commits: number
  let nowMs = 0

  beforeEach(() => {
    sqlite = new SQLite(':memory:')
    sqlite.exec('CREATE TABLE notes (word TEXT UNIQUE)')
    syncs = []
    commits = 0
    nowMs = 0
    const sync = () => new Promise<void>((finish, fail) => void syncs.push({ finish, fail }))
    write = groupedWriter(sqlite, drizzle(sqlite), { sync, onCommit: () => void commits++, nowMs: () => nowMs })
  })
  afterEach(() => sqlite.close())

  const add = (word: string) =>
    write(function* (tx) {
      yield* run(tx.run(sql`INSERT INTO notes VALUES (${word})`) as unknown as PromiseLike<unknown>)
      return word
    })
  const words = () => sqlite.prepare('SELECT word FROM notes ORDER BY rowid').pluck().all()
  const turn = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)))

  test('answers only when the disk has it', async () => {
    let isAnswered = false
    const adding = add('one').then(() => {
      isAnswered = true
    })
    await turn()
    expect(words()).toEqual(['one'])
    expect(isAnswered).toBe(false)
    syncs[0]!.finish()
    await adding
    expect(commits).toBe(1)
  })

  test('gathers what comes while the disk syncs into one group with one sync', async () => {
    const first = add('first')
    await turn()
    const others = ['a', 'b', 'c'].map(add)
    await turn()
    expect(words()).toEqual(['first'])
    syncs[0]!.finish()
    await first
    await turn()
    expect(words()).toEqual(['first', 'a', 'b', 'c'])
    expect(syncs).toHaveLength(2)
    syncs[1]!.finish()
    expect(await Promise.all(others)).toEqual(['a', 'b', 'c'])
  })

  test('of a group with one that throws, runs the others again and keeps them', async () => {
    const group = [add('a'), add('a'), add('b')]
    await turn()
    syncs[0]!.finish()
    const outcomes = await Promise.allSettled(group)
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(words()).toEqual(['a', 'b'])
  })

  test('ends a group whose time is up, and takes the rest in the next', async () => {
    const slow = ['a', 'b', 'c'].map(word =>
      write(function* (tx) {
        nowMs += 1.5
        yield* run(tx.run(sql`INSERT INTO notes VALUES (${word})`) as unknown as PromiseLike<unknown>)
      }),
    )
    await new Promise(resolve => setImmediate(resolve))
    expect(words()).toEqual(['a', 'b'])
    await turn()
    expect(words()).toEqual(['a', 'b', 'c'])
    for (let round = 0; round < 3; round += 1) {
      for (const { finish } of syncs) finish()
      await turn()
    }
    await Promise.all(slow)
  })

  test('says that it is not available when the disk refuses, and goes on afterwards', async () => {
    const lost = add('lost')
    await turn()
    syncs[0]!.fail(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' })
    const next = add('next')
    await turn()
    syncs[1]!.finish()
    expect(await next).toBe('next')
  })

  test('says so too when the database is full, and stores again when there is room', async () => {
    sqlite.pragma(`max_page_count = ${Number(sqlite.pragma('page_count', { simple: true })) + 1}`)
    const tooMuch = add('x'.repeat(100_000))
    await expect(tooMuch).rejects.toMatchObject({ code: 'unavailable' })
    sqlite.pragma('max_page_count = 1000000')
    const next = add('next')
    await turn()
    syncs.at(-1)!.finish()
    expect(await next).toBe('next')
    expect(words()).toEqual(['next'])
  })

  test('refuses a unit that waits for anything but its queries', async () => {
    const waits = write(function* () {
      yield Promise.resolve(1)
    })
    await turn()
    syncs[0]?.finish()
    await expect(waits).rejects.toThrow(/may not wait/)
  })
})
