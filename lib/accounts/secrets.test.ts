import { statSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { run } from '#db/open.ts'
import { asking, bearer, password } from '../../test/asking.ts'
import { database } from '../database.ts'
import { hashSecret } from '../secrets.ts'

const { ask, isIn, newUser, web } = asking()

describe('passwords', () => {
  it('of imported users are accepted, and hashed anew', async () => {
    const bcrypt = (await import('bcryptjs')).default
    const user = await newUser()
    const db = await database()
    const { users } = db.tables
    const set = (passwordHash: string) =>
      db.write(function* (tx) {
        yield* run(tx.update(users).set({ passwordHash }).where(eq(users.id, user.id)))
      })
    await set(bcrypt.hashSync(password, 6))
    expect((await ask('POST', '/auth/login', { username: user.name, password: 'wrong-phrase-here' })).status).toBe(401)
    expect((await ask('POST', '/auth/login', { username: user.name, password })).status).toBe(200)
    const [row] = await db.orm.select().from(users).where(eq(users.id, user.id))
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await set('no hash at all')
    expect((await ask('POST', '/auth/login', { username: user.name, password })).status).toBe(401)
  })

  it('are changed with the old one; all other sessions end', async () => {
    const user = await newUser()
    const other = (await ask('POST', '/auth/login', { username: user.name, password })).json.token
    const change = (current: string, next: string) =>
      ask('POST', '/api/v1/password', { current, next }, bearer(user.token))
    expect((await change('wrong-phrase-here', 'An0ther-phrase')).status).toBe(403)
    expect((await change(password, 'short')).json.detail).toMatch(/^Weak password/)
    expect((await change(password, 'An0ther-phrase')).status).toBe(204)
    expect(await isIn(bearer(user.token))).toBe(200)
    expect(await isIn(bearer(other))).toBe(401)
    expect((await ask('POST', '/auth/login', { username: user.name, password })).status).toBe(401)
  })

  it('are never written down or told back', async () => {
    const user = await newUser()
    await ask('POST', '/auth/login', { username: password, password: 'wrong-phrase-here' })
    const db = await database()
    const rows = JSON.stringify([
      await db.orm.select().from(db.tables.auditLog),
      await db.orm.select().from(db.tables.users),
    ])
    expect(rows).not.toContain(password)
    expect((await ask('GET', '/user/profile', undefined, bearer(user.token))).text).not.toContain('argon2')
  })
})

describe('API keys', () => {
  it('are shown once, can be told apart, and end when revoked', async () => {
    const user = await newUser()
    const made = await ask('POST', '/api/v1/keys', { name: 'Help desk', scopes: ['calls:read'] }, bearer(user.token))
    expect(made.json.key).toMatch(/^aisk_[A-Za-z0-9_-]{43}$/)
    const list = await ask('GET', '/api/v1/keys', undefined, bearer(user.token))
    expect(list.text).not.toContain(made.json.key)
    const use = () => ask('GET', '/user/calls', undefined, { 'x-api-key': made.json.key })
    expect((await use()).status).toBe(200)
    expect(await isIn({ 'x-api-key': made.json.key })).toBe(403)
    expect((await ask('DELETE', `/api/v1/keys/${made.json.id}`, undefined, bearer(user.token))).status).toBe(204)
    expect((await use()).status).toBe(401)
  })

  it('cannot make keys, change the password or delete the account', async () => {
    const user = await newUser()
    const headers = { 'x-api-key': user.key }
    expect((await ask('POST', '/api/v1/keys', { name: 'k', scopes: ['all'], password }, headers)).status).toBe(403)
    expect((await ask('POST', '/api/v1/password', { current: password, next: 'An0ther-phrase' }, headers)).status).toBe(
      403,
    )
    expect((await ask('DELETE', '/api/v1/account', { password }, headers)).status).toBe(403)
  })

  it('are stored as a hash, and the first one sealed', async () => {
    const user = await newUser()
    const { orm, tables } = await database()
    const [row] = await orm
      .select()
      .from(tables.apiKeys)
      .where(eq(tables.apiKeys.hash, hashSecret(user.key)))
    expect(row?.kind).toBe('first')
    expect(JSON.stringify(row)).not.toContain(user.key.slice(5))
    expect(statSync(join(web().dataDir, 'keys', 'data-key')).mode & 0o777).toBe(0o600)
  })

  it('that were first and are revoked are replaced at the next login', async () => {
    const user = await newUser()
    const { json } = await ask('GET', '/api/v1/keys', undefined, bearer(user.token))
    const [first] = json.keys
    await ask('DELETE', `/api/v1/keys/${first!.id}`, undefined, bearer(user.token))
    const login = await ask('POST', '/auth/login', { username: user.name, password })
    expect(login.json.api_key).not.toBe(user.key)
    expect(await isIn({ 'x-api-key': user.key })).toBe(401)
    expect(await isIn({ 'x-api-key': login.json.api_key })).toBe(200)
  })
})

describe('two-factor sign-in', () => {
  it('asks for a code, takes each once, and recovery codes once each', async () => {
    const user = await newUser()
    const headers = bearer(user.token)
    const started = await ask('POST', '/api/v1/two-factor', { password }, headers)
    expect(started.json.uri).toMatch(/^otpauth:\/\/totp\//)
    const totp = new TOTP({ secret: Secret.fromBase32(started.json.secret) })
    const codeAt = (offsetMs: number) => totp.generate({ timestamp: Date.now() + offsetMs })
    expect((await ask('PUT', '/api/v1/two-factor', { code: '000' }, headers)).status).toBe(422)
    const used = codeAt(-30_000)
    const confirmed = await ask('PUT', '/api/v1/two-factor', { code: used }, headers)
    const codes = confirmed.json.recoveryCodes
    expect(codes).toHaveLength(10)

    const login = await ask('POST', '/auth/login', { username: user.name, password })
    expect(login.status).toBe(401)
    expect(login.text).not.toContain('aisk_')
    const ticket = login.json.second_factor
    const finish = (code: string, second_factor = ticket) => ask('POST', '/auth/second-factor', { second_factor, code })
    expect((await finish(used)).status).toBe(401)
    const done = await finish(codeAt(0))
    expect(done.status).toBe(200)
    expect(await isIn(bearer(done.json.token))).toBe(200)
    expect((await finish(codes[0]!)).status).toBe(401)

    const guessed = (await ask('POST', '/auth/login', { username: user.name, password })).json.second_factor
    const guesses = await Promise.all(Array.from({ length: 8 }, () => finish('000000', guessed)))
    expect(guesses.every(guess => guess.status === 401)).toBe(true)
    expect((await finish(codes[2]!, guessed)).status).toBe(401)

    const next = (await ask('POST', '/auth/login', { username: user.name, password })).json.second_factor
    expect((await finish(codes[0]!, next)).status).toBe(200)
    const third = (await ask('POST', '/auth/login', { username: user.name, password })).json.second_factor
    expect((await finish(codes[0]!, third)).status).toBe(401)
    expect((await finish(codes[1]!.toUpperCase(), third)).status).toBe(200)
  })
})
