import { copyFileSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { start, stop } from './subject.ts'

export const jwtSecret = 'a-secret-of-benchmarks-with-more-than-32-characters'
export const password = 'Str0ngPhrase!42'
export type Person = { id: number; username: string; token: string; api_key: string }
export type Data = { folder: string; heavy: Person; small: Person }

export const settings = (folder: string) => ({
  DATA_DIR: folder,
  JWT_SECRET: jwtSecret,
  SERVICE_HOST: '127.0.0.1',
  SERVICE_PORT: '0',
  ROLE: 'web',
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'error',
  // Nothing listens there: rules and the built-in listener decide, as on a machine without a model.
  OLLAMA_HOST: 'http://127.0.0.1:9',
})

/** Two accounts made by the service itself: one gets `rows` calls, the other fifty. */
export async function makeData(rows: number): Promise<Data> {
  const folder = mkdtempSync(join(tmpdir(), 'ai-call-bench-'))
  const service = await start('server/main.ts', settings(folder))
  const register = async (username: string) => {
    const response = await fetch(`http://127.0.0.1:${service.port}/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, email: `${username}@example.com`, password }),
    })
    return (await response.json()) as Person
  }
  const [heavy, small] = [await register('heavy'), await register('small')]
  await stop(service)
  fill(join(folder, 'users.db'), heavy.id, rows)
  fill(join(folder, 'users.db'), small.id, 50)
  return { folder, heavy, small }
}

function fill(path: string, userId: number, rows: number): void {
  const db = new SQLite(path)
  const insert = db.prepare(
    `INSERT INTO call_history (user_id, call_id, caller_number, called_number, timestamp, action, message, status, source, completed_at, transcript, is_indexed)
     VALUES (?, ?, ?, '100', ?, 'forward', 'Forwarding call to 100', 'completed', 'api', ?, 'Hello, it is Anna from the dentist.', 1)`,
  )
  const begun = Date.now() - rows * 60_000
  db.transaction(() => {
    for (let i = 0; i < rows; i++) {
      const at = new Date(begun + i * 60_000).toISOString().replace('Z', '+00:00')
      insert.run(userId, `call-${i}`, `+1555${String(i % 10_000).padStart(7, '0')}`, at, at)
    }
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

/** The same data for another server, so that none works on what another has changed. */
export function copyData({ folder }: Data, name: string): string {
  const copy = `${folder}-${name}`
  mkdirSync(copy, { recursive: true })
  copyFileSync(join(folder, 'users.db'), join(copy, 'users.db'))
  return copy
}
