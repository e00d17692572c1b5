import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '#db/open.ts'
import { asking, bearer, type Person, password } from '../../test/asking.ts'
import { database } from '../database.ts'

const { ask, isIn, newChief, newUser, nextName } = asking()
describe('an administrator', () => {
  let administrator: Person
  beforeAll(async () => {
    administrator = await newChief()
  })

  it('deactivates somebody, who is out at once', async () => {
    const user = await newUser()
    const headers = bearer(administrator.token)
    expect(await isIn(bearer(user.token))).toBe(200)
    expect(await isIn({ 'x-api-key': user.key })).toBe(200)
    expect((await ask('PATCH', `/api/v1/users/${user.id}`, { isActive: false }, headers)).json.isActive).toBe(false)
    expect(await isIn(bearer(user.token))).toBe(401)
    expect(await isIn({ 'x-api-key': user.key })).toBe(401)
    const login = await ask('POST', '/auth/login', { username: user.name, password })
    expect(login.json.detail).toBe('Invalid username or password')
  })

  it('cannot be the last one to go', async () => {
    const headers = bearer(administrator.token)
    const { json } = await ask('GET', '/api/v1/account', undefined, headers)
    expect((await ask('PATCH', `/api/v1/users/${json.id}`, { role: 'member' }, headers)).status).toBe(409)
    expect((await ask('DELETE', '/api/v1/account', { password }, headers)).status).toBe(409)
  })

  it('and another one cannot demote each other at once', async () => {
    const other = await newUser()
    const headers = bearer(administrator.token)
    const change = (id: number, role: string, as: Record<string, string>) =>
      ask('PATCH', `/api/v1/users/${id}`, { role }, as)
    expect((await change(other.id, 'admin', headers)).status).toBe(200)
    const both = await Promise.all([
      change(other.id, 'member', headers),
      change(administrator.id, 'member', bearer(other.token)),
    ])
    expect(both.filter(answer => answer.status === 200).length).toBeLessThan(2)
    const { orm, tables } = await database()
    const left = await orm.select().from(tables.users).where(eq(tables.users.role, 'admin'))
    expect(left.length).toBeGreaterThan(0)
    // Whoever is left makes the first one administrator again, for the tests that follow.
    const chief = left[0]?.id === administrator.id ? headers : bearer(other.token)
    await change(administrator.id, 'admin', chief)
    await change(other.id, 'member', headers)
  })

  it('closes registration, and invites', async () => {
    const headers = bearer(administrator.token)
    const mode = (registration: string) => ask('PATCH', '/api/v1/settings', { registration }, headers)
    const join = (invite?: string) => {
      const name = nextName('guest')
      return ask('POST', '/auth/register', { username: name, email: `${name}@example.com`, password, invite })
    }
    await mode('closed')
    expect((await join()).status).toBe(403)
    await mode('invite')
    expect((await join()).status).toBe(403)
    const invite = await ask('POST', '/api/v1/invites', {}, headers)
    expect(invite.json.url).toContain('/register?invite=')
    expect((await join(invite.json.token)).status).toBe(200)
    expect((await join(invite.json.token)).status).toBe(403)
    await mode('open')
    expect((await join()).status).toBe(200)
    const log = await ask('GET', '/api/v1/audit', undefined, headers)
    expect(log.text).toContain('settings.changed')
  })
})

describe('my data', () => {
  it("is exported whole, without secrets and without anybody else's", async () => {
    const [user, other] = [await newUser(), await newUser()]
    const answer = await ask('GET', '/api/v1/account/export', undefined, bearer(user.token))
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    const data = JSON.parse(answer.text)
    expect(data.account.username).toBe(user.name)
    expect(data.lines).toHaveLength(1)
    expect(data.destinations).toHaveLength(1)
    expect(data.callHistory).toEqual([])
    expect(answer.text).not.toContain(other.name)
    expect(answer.text).not.toMatch(/argon2|passwordHash|"hash"|sealed/)
  })

  it('is exported to the last call, each once, also when many have the same time; and deleted to the last', async () => {
    const user = await newUser()
    const db = await database()
    const { callHistory } = db.tables
    const rows = Array.from({ length: 450 }, (_, i) => ({
      userId: user.id,
      callId: `c${i}`,
      callerNumber: '+15550001',
      calledNumber: '100',
      timestamp: `2026-01-01T00:00:0${i % 3}.000+00:00`,
      status: 'completed' as const,
    }))
    await db.write(function* (tx) {
      for (const row of rows) yield* run(tx.insert(callHistory).values(row))
    })
    const answer = await ask('GET', '/api/v1/account/export', undefined, bearer(user.token))
    expect((await ask('DELETE', '/api/v1/account', { password }, bearer(user.token))).status).toBe(204)
    expect(await db.orm.select().from(callHistory).where(eq(callHistory.userId, user.id))).toEqual([])
    const found: { callId: string }[] = JSON.parse(answer.text).callHistory
    expect(new Set(found.map(call => call.callId)).size).toBe(450)
    expect(found).toHaveLength(450)
  })

  it('goes with the account, which asks for the password', async () => {
    const user = await newUser()
    const headers = bearer(user.token)
    expect((await ask('DELETE', '/api/v1/account', { password: 'wrong-phrase-here' }, headers)).status).toBe(403)
    expect((await ask('DELETE', '/api/v1/account', { password }, headers)).status).toBe(204)
    expect(await isIn(headers)).toBe(401)
    const { orm, tables } = await database()
    expect(await orm.select().from(tables.apiKeys).where(eq(tables.apiKeys.userId, user.id))).toEqual([])
  })
})
