import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { asking, password } from '../../test/asking.ts'
import { database } from '../database.ts'
import { createSetupLink } from './index.ts'

const { ask, newUser, nextName, page } = asking()

describe('names', () => {
  it('refuses a name that only looks different', async () => {
    await newUser('Anna.Smith')
    const answer = await ask('POST', '/auth/register', { username: 'anna.SMITH', email: 'other@example.com', password })
    expect(answer.status).toBe(409)
    expect(answer.json.detail).toBe('Username or email already exists')
  })

  it.each(['an', 'a'.repeat(33), 'an na', 'аnna', 'anna\u200b', ' anna', 'anna\n', 'an@na', 'ａｎｎａ'])(
    'refuses the name %j',
    async username => {
      const answer = await ask('POST', '/auth/register', { username, email: 'x@example.com', password })
      expect(answer.status).toBe(422)
      expect(answer.json.detail).toMatch(/^username /)
    },
  )

  it.each([
    'plain',
    '@example.com',
    'a@b',
    'a b@example.com',
    'a@exa mple.com',
    'a@-x.com',
    'a..b@example.com',
    'a@x.c',
  ])('refuses the e-mail %j', async email => {
    const answer = await ask('POST', '/auth/register', { username: 'somebody', email, password })
    expect(answer.status).toBe(422)
    expect(answer.json.detail).toMatch(/^email /)
  })

  it('signs in by e-mail too, in any case', async () => {
    const user = await newUser()
    const answer = await ask('POST', '/auth/login', { username: `${user.name.toUpperCase()}@Example.com`, password })
    expect(answer.json.id).toBe(user.id)
  })
})

describe('registration', () => {
  it('makes no administrator, however many register at once on an empty server', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        ask('POST', '/auth/register', {
          username: `crowd${i}`,
          email: `crowd${i}@example.com`,
          password,
          role: 'admin',
          is_admin: true,
        }),
      ),
    )
    expect(answers.every(answer => answer.status === 200)).toBe(true)
    const { orm, tables } = await database()
    expect(await orm.select().from(tables.users).where(eq(tables.users.role, 'admin'))).toEqual([])
  })

  it('lets only one of two that ask for the same name at once have it', async () => {
    const same = () =>
      ask('POST', '/auth/register', { username: 'twice', email: `${nextName()}@example.com`, password })
    const answers = await Promise.all([same(), same(), same()])
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409, 409])
  })

  it('gives every account a line of its own', async () => {
    const user = await newUser()
    const { orm, tables } = await database()
    expect(await orm.select().from(tables.lines).where(eq(tables.lines.userId, user.id))).toHaveLength(1)
  })

  it('says first that a password is weak, then that a name is taken', async () => {
    const user = await newUser()
    const answer = await ask('POST', '/auth/register', {
      username: user.name,
      email: 'z@example.com',
      password: 'short',
    })
    expect(answer.json.detail).toBe('Weak password: Password must be at least 12 characters long')
  })

  it.each([
    [' '.repeat(12), 'Password cannot be blanks only'],
    ['aaaaaaaaaaAA', 'Password cannot be one character repeated'],
    ['Weak.Walter.1975', 'Password cannot be your user name or e-mail address'],
    ['walter@example.com', 'Password cannot be your user name or e-mail address'],
  ])('refuses %j, which anybody tries first', async (password, why) => {
    const person = { username: 'weak.walter.1975', email: 'walter@example.com', password }
    const answer = await ask('POST', '/auth/register', person)
    expect(answer.status).toBe(400)
    expect(answer.json.detail).toBe(`Weak password: ${why}`)
  })

  it('takes the set-up link once, and no other way makes an administrator', async () => {
    const ticket = new URL((await createSetupLink())!).searchParams.get('ticket')
    const body = { username: 'chief', email: 'chief@example.com', password, ticket }
    expect((await ask('POST', '/api/v1/setup', { ...body, ticket: 'x' }, page())).status).toBe(403)
    const made = await ask('POST', '/api/v1/setup', body, page())
    expect(made.status).toBe(201)
    expect(made.json.account).toMatchObject({ role: 'admin', username: 'chief' })
    const again = await ask('POST', '/api/v1/setup', { ...body, username: 'chief2', email: 'c2@example.com' }, page())
    expect(again.status).toBe(403)
    expect(await createSetupLink()).toBeNull()
  })
})
