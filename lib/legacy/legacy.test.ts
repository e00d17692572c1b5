import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import bcrypt from 'bcryptjs'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWeb, type Web } from '../../test/web.ts'
import { convertInstant } from './convert.ts'
import { importFirstService } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'ai-call-old-'))
const old = join(folder, 'users.db')
const password = 'Str0ngPhrase!42'
const key = `aisk_${'k'.repeat(43)}`
let web: Web

beforeAll(async () => {
  web = await startWeb()
  const db = new SQLite(old)
  db.exec(`
    CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT UNIQUE NOT NULL, email TEXT UNIQUE NOT NULL,
      password_hash TEXT NOT NULL, api_key TEXT UNIQUE, created_at TEXT NOT NULL, last_login TEXT, is_active INTEGER DEFAULT 1);
    CREATE TABLE call_history (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, call_id TEXT, caller_number TEXT,
      called_number TEXT, timestamp TEXT, action TEXT, message TEXT, status TEXT)`)
  const user = db.prepare('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  user.run(41, 'john', 'john@example.com', bcrypt.hashSync(password, 4), key, '2025-11-02T10:00:00.123456', null, 1)
  user.run(42, 'JOHN', 'other@example.com', 'x', null, '2025-11-02 10:00:00', null, 1)
  user.run(43, 'mary', 'mary@example.com', bcrypt.hashSync(password, 4), null, '2025-11-02T10:00:00+01:00', null, 0)
  const call = db.prepare('INSERT INTO call_history VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)')
  call.run(41, 'c1', '+15550001', '100', '2026-02-04T12:00:00+00:00', 'forward', 'Forwarding call to 100', 'success')
  call.run(41, 'c1', '+15550001', '100', '2026-02-05T12:00:00+00:00', 'voicemail', 'Taking a message', 'completed')
  call.run(41, 'c2', null, null, 'nonsense', 'explode', null, 'processing')
  call.run(null, 'c3', '+15550001', '100', '2026-02-04T12:00:00+00:00', 'forward', 'x', 'success')
  db.close()
})
afterAll(async () => {
  await web.stop()
  rmSync(folder, { recursive: true, force: true })
})

const login = (username: string) =>
  fetch(`${web.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })

test('people, passwords, keys and calls of the first service come along', async () => {
  const { users, calls } = await importFirstService(old)
  expect(users.added).toEqual(['john', 'mary'])
  expect(users.refused).toEqual([{ username: 'JOHN', reason: 'another account has this name' }])
  expect(calls).toEqual({ added: 3, known: 0, withoutOwner: 1 })

  const answer = await login('john')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ id: 41, username: 'john', api_key: key })
  const history = await fetch(`${web.url}/user/calls`, { headers: { 'x-api-key': key } })
  const { calls: rows } = (await history.json()) as { calls: Record<string, unknown>[] }
  expect(rows.find(row => row.call_id === 'c1')).toMatchObject({
    action: 'forward',
    status: 'completed',
    timestamp: '2026-02-04T12:00:00.000+00:00',
  })
  expect(rows.find(row => row.call_id === 'c1 (2)')).toMatchObject({ action: 'voicemail' })
  expect(rows.find(row => row.call_id === 'c2')).toMatchObject({ action: null, status: 'failed' })
})

test('a deactivated user stays out', async () => {
  expect((await login('mary')).status).toBe(401)
})

test('a second import adds nothing', async () => {
  const { users, calls } = await importFirstService(old)
  expect(users.added).toEqual([])
  expect(users.known).toEqual(['john', 'mary'])
  expect(calls.added).toBe(0)
})

test('a file of something else is a sentence', async () => {
  const file = join(folder, 'letter.txt')
  writeFileSync(file, 'Dear Sir or Madam')
  await expect(importFirstService(file)).rejects.toThrow('This is no users.db of the first service.')
  await expect(importFirstService(join(folder, 'nothing'))).rejects.toThrow('There is no file')
})

test.each([
  ['2026-02-04T12:00:00+00:00', '2026-02-04T12:00:00.000+00:00'],
  ['2026-02-04 12:00:00', '2026-02-04T12:00:00.000+00:00'],
  ['2026-02-04T12:00:00.123456', '2026-02-04T12:00:00.123+00:00'],
  ['2026-02-04T13:00:00+01:00', '2026-02-04T12:00:00.000+00:00'],
  ['yesterday', 'fallback'],
  [null, 'fallback'],
])('the instant %s becomes %s', (text, expected) => {
  expect(convertInstant(text, 'fallback')).toBe(expected)
})
