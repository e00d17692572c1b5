import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import * as tar from 'tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '#db/open.ts'
import { createBackup, restoreBackup, verifyBackup } from './index.ts'

let folder: string
let source: { dataDir: string; recordingsDir: string }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-call-backup-'))
  source = { dataDir: join(folder, 'data'), recordingsDir: join(folder, 'data', 'recordings') }
  mkdirSync(join(source.dataDir, 'keys'), { recursive: true })
  mkdirSync(source.recordingsDir)
  writeFileSync(join(source.dataDir, 'keys', 'data-key'), 'secret')
  writeFileSync(join(source.recordingsDir, 'call.wav'), 'RIFF')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const to = () => join(folder, 'backups')

test('a backup of a database in use brings everything back', async () => {
  const db = await openDatabase(join(source.dataDir, 'users.db'))
  const { path, manifest } = await createBackup(source, { to: to(), withRecordings: true })
  expect(manifest).toMatchObject({ users: 0, calls: 0, hasRecordings: true })
  await db.close()
  rmSync(source.dataDir, { recursive: true })
  await restoreBackup(path, source)
  expect(readFileSync(join(source.dataDir, 'keys', 'data-key'), 'utf8')).toBe('secret')
  expect(readFileSync(join(source.recordingsDir, 'call.wav'), 'utf8')).toBe('RIFF')
  const again = await openDatabase(join(source.dataDir, 'users.db'))
  await again.close()
})

test('restoring moves what was there aside and loses nothing', async () => {
  await (await openDatabase(join(source.dataDir, 'users.db'))).close()
  const { path } = await createBackup(source, { to: to() })
  const { aside } = await restoreBackup(path, source)
  expect(readdirSync(aside)).toEqual(expect.arrayContaining(['users.db', 'keys']))
})

test('a plain copy, as the sqlite3 shell makes it, can be restored too', async () => {
  await (await openDatabase(join(source.dataDir, 'users.db'))).close()
  const copy = join(folder, 'users-20260204.db')
  writeFileSync(copy, readFileSync(join(source.dataDir, 'users.db')))
  expect(await restoreBackup(copy, source)).toMatchObject({ users: 0 })
})

test('nothing half-made is left behind', async () => {
  await (await openDatabase(join(source.dataDir, 'users.db'))).close()
  await createBackup(source, { to: to() })
  expect(readdirSync(to()).filter(name => name.startsWith('.'))).toEqual([])
})

test('a changed or cut backup, and something else entirely, are refused before anything is touched', async () => {
  await (await openDatabase(join(source.dataDir, 'users.db'))).close()
  const { path } = await createBackup(source, { to: to() })
  const bytes = readFileSync(path)
  const cut = join(folder, 'cut.tar.gz')
  writeFileSync(cut, bytes.subarray(0, bytes.length / 2))
  const letter = join(folder, 'letter.tar.gz')
  writeFileSync(letter, 'Dear Sir or Madam')
  for (const file of [cut, letter]) {
    await expect(verifyBackup(file)).rejects.toThrow(/is damaged, or it is no backup/)
    await expect(restoreBackup(file, source)).rejects.toThrow(/is damaged, or it is no backup/)
  }
  expect(readdirSync(source.dataDir)).toContain('users.db')
})

test('an archive that wants to write elsewhere writes nothing', async () => {
  const evil = join(folder, 'evil')
  mkdirSync(evil)
  symlinkSync('/etc/passwd', join(evil, 'users.db'))
  writeFileSync(join(evil, 'manifest.json'), '{}')
  const path = join(folder, 'evil.tar.gz')
  await tar.create({ gzip: true, file: path, cwd: evil }, ['manifest.json', 'users.db'])
  await expect(verifyBackup(path)).rejects.toThrow(/is damaged/)
})

test('a database of a newer version, and one of the first service, are refused with the way on', async () => {
  const made = join(folder, 'newer.db')
  await (await openDatabase(made)).close()
  const newer = new SQLite(made)
  newer.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 99999999999999)")
  newer.close()
  await expect(verifyBackup(made)).rejects.toThrow(/newer version: update the service first/)
  const first = new SQLite(made)
  first.exec('DROP TABLE __drizzle_migrations')
  first.close()
  await expect(restoreBackup(made, source)).rejects.toThrow(/first service: bring it in with npm run import/)
})

test('while somebody writes without a pause, a backup still comes to its end', async () => {
  const path = join(source.dataDir, 'users.db')
  await (await openDatabase(path)).close()
  const writer = new SQLite(path)
  writer.exec('CREATE TABLE busy (n)')
  const insert = writer.prepare('INSERT INTO busy VALUES (?)')
  for (let i = 0; i < 5_000; i++) insert.run('x'.repeat(500))
  const timer = setInterval(() => insert.run(1), 0)
  try {
    expect((await createBackup(source, { to: to() })).manifest.users).toBe(0)
  } finally {
    clearInterval(timer)
    writer.close()
  }
})
