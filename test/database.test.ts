import { fork, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import SQLite from 'better-sqlite3'
import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase, prepared, run } from '#db/open.ts'
import { now } from '#lib/instant.ts'
import { databaseKinds, openTestDatabase, startPostgres, type TestDatabase } from './databases.ts'

function newUser(name: string) {
  return {
    username: name,
    email: `${name}@example.com`,
    passwordHash: 'x',
    createdAt: now(),
    usernameKey: name,
    emailKey: `${name}@example.com`,
  }
}

const addUser = (db: Database, name: string) =>
  db.write(function* (tx) {
    const [row] = yield* run(tx.insert(db.tables.users).values(newUser(name)).returning({ id: db.tables.users.id }))
    return row!.id
  })

async function userNames(db: Database): Promise<string[]> {
  const rows = await db.orm
    .select({ name: db.tables.users.username })
    .from(db.tables.users)
    .orderBy(asc(db.tables.users.id))
  return rows.map(({ name }) => name)
}

describe.each(databaseKinds)('a database in %s', kind => {
  let test_: TestDatabase
  let db: Database
  beforeAll(async () => {
    test_ = await openTestDatabase(kind)
    db = test_.db
  })
  afterAll(() => test_.close())
  afterEach(() =>
    db.write(function* (tx) {
      yield* run(tx.delete(db.tables.users))
    }),
  )

  test('a unit of writing computes between its queries and returns a value', async () => {
    const ids = await db.write(function* (tx) {
      const [anna] = yield* run(tx.insert(db.tables.users).values(newUser('anna')).returning())
      const [ben] = yield* run(
        tx
          .insert(db.tables.users)
          .values(newUser(`${anna!.username}-2`))
          .returning(),
      )
      return [anna!.id, ben!.id]
    })
    expect(ids[1]).toBeGreaterThan(ids[0]!)
    expect(await userNames(db)).toEqual(['anna', 'anna-2'])
  })

  test('a unit that throws is undone alone, the others of its group stay', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        db.write(function* (tx) {
          yield* run(tx.insert(db.tables.users).values(newUser(`user-${i}`)))
          if (i % 5 === 3) throw new Error(`no ${i}`)
        }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(4)
    const names = await userNames(db)
    expect(names).toHaveLength(16)
    expect(names).not.toContain('user-3')
  })

  test('a unit may catch what a query of its own refuses, and go on', async () => {
    await addUser(db, 'anna')
    const outcome = await db.write(function* (tx) {
      const rows = yield* run(
        tx.insert(db.tables.users).values(newUser('anna')).onConflictDoNothing().returning({ id: db.tables.users.id }),
      )
      return rows.length
    })
    expect(outcome).toBe(0)
  })

  test('a broken rule of the schema rejects the unit and leaves nothing behind', async () => {
    await addUser(db, 'anna')
    await expect(
      db.write(function* (tx) {
        yield* run(tx.insert(db.tables.users).values(newUser('ben')))
        yield* run(tx.insert(db.tables.users).values(newUser('anna')))
      }),
    ).rejects.toThrow()
    expect(await userNames(db)).toEqual(['anna'])
  })

  test('foreign keys hold: what belongs to a user goes with the user', async () => {
    const userId = await addUser(db, 'anna')
    const { callHistory } = db.tables
    await db.write(function* (tx) {
      const call = {
        userId,
        callId: 'c1',
        callerNumber: '1',
        calledNumber: '2',
        timestamp: now(),
        status: 'completed' as const,
      }
      yield* run(tx.insert(callHistory).values(call))
    })
    await db.write(function* (tx) {
      yield* run(tx.delete(db.tables.users).where(eq(db.tables.users.id, userId)))
    })
    expect(await db.orm.select({ id: callHistory.id }).from(callHistory)).toEqual([])
    await expect(
      db.write(function* (tx) {
        const call = {
          userId: 999,
          callId: 'c',
          callerNumber: '1',
          calledNumber: '2',
          timestamp: now(),
          status: 'completed' as const,
        }
        yield* run(tx.insert(callHistory).values(call))
      }),
    ).rejects.toThrow()
  })

  test('JSON, emoji and quotes come back as they went in', async () => {
    const preferences = { greeting: 'Grüß Gott, "Anna" 👋 \\ \' ; DROP TABLE users', list: [1, null, { a: true }] }
    await db.write(function* (tx) {
      yield* run(tx.insert(db.tables.users).values({ ...newUser('anna'), preferences }))
    })
    const [row] = await db.orm.select().from(db.tables.users)
    expect(row?.preferences).toEqual(preferences)
    expect(row?.recoveryHashes).toBeNull()
  })

  test('prepared queries give the same rows as fresh ones, for reading and inside a unit', async () => {
    const { users } = db.tables
    await addUser(db, 'anna')
    const byName = (name: string) =>
      prepared(db.orm, 'test_user_by_name', orm =>
        orm
          .select({ name: users.username })
          .from(users)
          .where(eq(users.usernameKey, sql.placeholder('name'))),
      )({ name })
    expect(await byName('anna')).toEqual([{ name: 'anna' }])
    expect(await byName('ben')).toEqual([])
    const seen = await db.write(function* (tx) {
      const query = prepared(tx, 'test_user_in_unit', tx =>
        tx
          .select({ name: users.username })
          .from(users)
          .where(eq(users.usernameKey, sql.placeholder('name'))),
      )
      const first = yield* run(query({ name: 'anna' }))
      const second = yield* run(query({ name: 'nobody' }))
      return [first.length, second.length]
    })
    expect(seen).toEqual([1, 0])
  })

  test('a prepared insert gives the number of its row, and nothing where the row was there already', async () => {
    const { users } = db.tables
    const add = (name: string) =>
      db.write(function* (tx) {
        const at = sql.placeholder
        const query = prepared(tx, 'test_user_insert', tx =>
          tx
            .insert(users)
            .values({
              ...newUser('x'),
              username: at('name'),
              email: at('name'),
              usernameKey: at('name'),
              emailKey: at('name'),
            })
            .onConflictDoNothing()
            .returning({ id: users.id }),
        )
        return yield* run(query({ name }))
      })
    const [anna, ben, again] = [await add('anna'), await add('ben'), await add('anna')]
    expect([anna.length, ben.length, again.length]).toEqual([1, 1, 0])
    expect(await db.orm.select({ id: users.id, name: users.username }).from(users).orderBy(asc(users.id))).toEqual([
      { id: anna[0]?.id, name: 'anna' },
      { id: ben[0]?.id, name: 'ben' },
    ])
  })

  test('five hundred units at once all arrive, each once', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, i) => addUser(db, `user-${i}`)))
    expect(new Set(await userNames(db)).size).toBe(500)
  })

  test('whoever watches hears of a commit', async () => {
    const heard = new Promise<void>(resolve => {
      const off = db.watch(() => {
        off()
        resolve()
      })
    })
    await addUser(db, 'anna')
    await heard
  })
})

describe('a SQLite file', () => {
  let folder: string
  let path: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acs-file-'))
    path = join(folder, 'users.db')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('opened by three processes at once is migrated once', async () => {
    const opener = join(import.meta.dirname, 'open-database.ts')
    const codes = await Promise.all(
      Array.from(
        { length: 3 },
        () =>
          new Promise<number | null>(resolve => {
            fork(opener, [path], { execArgv: [] }).on('exit', resolve)
          }),
      ),
    )
    expect(codes).toEqual([0, 0, 0])
    const sqlite = new SQLite(path, { readonly: true })
    const rows = sqlite.prepare('SELECT count(*) AS n, count(DISTINCT hash) AS d FROM __drizzle_migrations').get()
    sqlite.close()
    expect(rows).toMatchObject({ n: (rows as { d: number }).d })
  })

  test("answers the guide's monitoring questions as they are written there", async () => {
    const db = await openDatabase(path)
    const userId = await addUser(db, 'john')
    await db.write(function* (tx) {
      for (const n of [1, 2, 3]) {
        yield* run(
          tx.insert(db.tables.callHistory).values({
            userId,
            callId: `test_00${n}`,
            callerNumber: '+1234567890',
            calledNumber: '+0987654321',
            timestamp: `2026-02-0${n}T12:00:00.000+00:00`,
            action: 'forward',
            message: 'Forwarding call to sales',
            status: 'completed',
          }),
        )
      }
    })
    const sqlite = new SQLite(path, { readonly: true })
    expect(sqlite.prepare('SELECT COUNT(*) FROM users WHERE is_active = 1;').pluck().get()).toBe(1)
    const calls = sqlite.prepare('SELECT * FROM call_history ORDER BY timestamp DESC LIMIT 10;').all()
    expect(calls.map(call => (call as { call_id: string }).call_id)).toEqual(['test_003', 'test_002', 'test_001'])
    expect(sqlite.prepare('SELECT username, last_login FROM users ORDER BY last_login DESC;').all()).toEqual([
      { username: 'john', last_login: null },
    ])
    sqlite.close()
    await db.close()
  })

  test('locked by another process for a while: the loop stays free, reading goes on, writing waits and succeeds', async () => {
    const db = await openDatabase(path)
    const release = lockElsewhere(path)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    let isWritten = false
    const writing = addUser(db, 'patient').then(() => {
      isWritten = true
    })
    for (let i = 0; i < 20; i++) {
      await userNames(db)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    expect(isWritten).toBe(false)
    release()
    await writing
    delay.disable()
    expect(delay.percentile(99) / 1e6).toBeLessThan(60)
    expect(await userNames(db)).toContain('patient')
    await db.close()
  })

  test('locked for longer than five seconds: writing is refused as unavailable, and works again afterwards', async () => {
    const db = await openDatabase(path)
    const release = lockElsewhere(path)
    await expect(addUser(db, 'impatient')).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 5 })
    release()
    await addUser(db, 'later')
    expect(await userNames(db)).toContain('later')
    await db.close()
  })

  test('a commit of another process is noticed', async () => {
    const [db, other] = [await openDatabase(path), await openDatabase(path)]
    const heard = new Promise<void>(resolve => {
      db.watch(resolve)
    })
    await addUser(other, 'from-elsewhere')
    await heard
    await Promise.all([db.close(), other.close()])
  })

  test('what was acknowledged is there after the process was killed', async () => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, 'write-until-killed.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    await new Promise<void>(resolve => {
      writer.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.split('\n').length > 300) resolve()
      })
    })
    writer.kill('SIGKILL')
    await new Promise(resolve => writer.on('exit', resolve))
    const acknowledged = text.split('\n').slice(0, -1)
    const db = await openDatabase(path)
    const names = new Set(await userNames(db))
    expect(acknowledged.filter(name => !names.has(name))).toEqual([])
    await db.close()
  })

  test('the file of the first service is left alone, with a sentence that says what to do', async () => {
    const old = join(folder, 'old.db')
    const sqlite = new SQLite(old)
    sqlite.exec('CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT)')
    sqlite.close()
    await expect(openDatabase(old)).rejects.toThrow(/first service.*import/)
  })
})

/** Takes the write lock with a connection that our process does not wait with: another process would look the same. */
function lockElsewhere(path: string): () => void {
  const sqlite = new SQLite(path)
  sqlite.exec('BEGIN IMMEDIATE')
  return () => {
    sqlite.exec('ROLLBACK')
    sqlite.close()
  }
}

describe('a PostgreSQL server', () => {
  test('that goes away makes writing unavailable, and serves again when it is back', async () => {
    const postgres = await startPostgres()
    const db = await openDatabase(postgres.url)
    await addUser(db, 'before')
    await postgres.server.stop()
    await expect(addUser(db, 'meanwhile')).rejects.toMatchObject({ code: 'unavailable' })
    await postgres.server.start()
    await addUser(db, 'after')
    expect(await userNames(db)).toEqual(['before', 'after'])
    await db.close()
    await postgres.stop()
  })

  test('migrated by four openers at once is migrated once', async () => {
    const postgres = await startPostgres()
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(postgres.url)))
    await addUser(opened[0]!, 'anna')
    expect(await userNames(opened[3]!)).toEqual(['anna'])
    await Promise.all(opened.map(db => db.close()))
    await postgres.stop()
  })
})
