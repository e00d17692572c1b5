import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { asking, bearer, password } from '../../test/asking.ts'
import { database } from '../database.ts'
import { sweepAccounts } from './sweep.ts'

const { ask, isIn, newUser } = asking()

it('Sweeping takes what ended long ago, and nothing that is in use', async () => {
  const user = await newUser()
  await ask('POST', '/auth/login', { username: user.name, password, remember: true })
  const { orm, tables } = await database()
  const sessions = () => orm.select().from(tables.sessions).where(eq(tables.sessions.userId, user.id))
  await sweepAccounts()
  expect(await sessions()).toHaveLength(2)
  expect(await isIn(bearer(user.token))).toBe(200)
  await sweepAccounts(Date.now() + 90 * 24 * 3_600_000)
  expect(await sessions()).toEqual([])
  expect(await orm.select().from(tables.refreshTokens)).toEqual([])
  expect(await orm.select().from(tables.auditLog)).not.toEqual([])
  await sweepAccounts(Date.now() + 400 * 24 * 3_600_000)
  expect(await orm.select().from(tables.auditLog)).toEqual([])
})
