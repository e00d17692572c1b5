import { once } from 'node:events'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { endAll, newDataDir, register, runService, startService } from './service.ts'

afterAll(endAll)

/** Starts with settings that cannot work: the words and the code with which it ends. */
async function refusal(settings: Record<string, string>): Promise<{ words: string; code: number }> {
  const { child, output } = runService({ DATA_DIR: newDataDir(), ...settings })
  const [code] = await once(child, 'exit')
  return { words: output().trim(), code: code as number }
}

const oneSentence = /^[A-Z][^\n]*\.$/

test('a port in use is one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { words, code } = await refusal({ SERVICE_PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(words).toBe(`Port ${port} is in use: stop the other program, or set SERVICE_PORT to a free port.`)
})

test('a data folder that cannot be written is one sentence', async () => {
  const file = join(newDataDir(), 'a-file')
  writeFileSync(file, '')
  const { words, code } = await refusal({ DATA_DIR: join(file, 'data') })
  expect(code).toBe(1)
  expect(words).toMatch(oneSentence)
  expect(words).toContain('DATA_DIR')
})

test('a damaged database is one sentence', async () => {
  const dataDir = newDataDir()
  writeFileSync(join(dataDir, 'users.db'), 'this is no database, however long one looks at it'.repeat(100))
  const { words, code } = await refusal({ DATA_DIR: dataDir })
  expect(code).toBe(1)
  expect(words).toMatch(oneSentence)
})

test.each([
  ['a placeholder', { JWT_SECRET: '<your-jwt-secret>' }, 'JWT_SECRET'],
  ['a short secret', { JWT_SECRET: 'short' }, 'JWT_SECRET'],
  ['a word for a port', { SERVICE_PORT: 'eight thousand' }, 'SERVICE_PORT'],
  ['a database without a common secret', { JWT_SECRET: '', DATABASE_URL: 'postgres://localhost:1/x' }, 'JWT_SECRET'],
  ['a database that is not there', { DATABASE_URL: 'postgres://127.0.0.1:1/x' }, 'DATABASE_URL'],
  ['an address of another machine', { SERVICE_HOST: '192.0.2.1' }, 'SERVICE_HOST'],
])('%s is one sentence that names the setting', async (_name, settings, name) => {
  const { words, code } = await refusal(settings as Record<string, string>)
  expect(code).toBe(1)
  expect(words).toMatch(oneSentence)
  expect(words).toContain(name)
  expect(words).not.toContain('short')
})

test('it says where it is, how to begin, and what is connected', async () => {
  const { output, end } = await startService()
  await expect.poll(output).toMatch(/Set up the first administrator.*http:\/\/\S+setup/)
  expect(output()).toMatch(/Telephone: .*ASTERISK_PASSWORD/)
  expect(output()).toMatch(/Model: .*built-in listener/)
  await end()
})

test('SIGTERM and Ctrl-C end it cleanly, even while somebody listens to events', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { url, end } = await startService()
    const { token } = await register(url)
    const stream = await fetch(`${url}/api/v1/events`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    })
    expect(stream.status).toBe(200)
    const read = stream.text().catch(() => 'cut')
    expect(await end(signal)).toBe(0)
    await read
  }
})

test('secrets are made once, kept, and readable by their owner alone', async () => {
  const dataDir = newDataDir()
  mkdirSync(dataDir, { recursive: true })
  const first = await startService({ DATA_DIR: dataDir, JWT_SECRET: '' })
  const { token } = await register(first.url)
  await first.end()
  const second = await startService({ DATA_DIR: dataDir, JWT_SECRET: '' })
  const profile = await fetch(`${second.url}/user/profile`, { headers: { authorization: `Bearer ${token}` } })
  expect(profile.status).toBe(200)
  await second.end()
  expect(statSync(join(dataDir, 'users.db')).mode & 0o007).toBe(0)
})
