import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asking, bearer, password } from '../../test/asking.ts'
import { consume, forgetCounts, takePlace } from './limits.ts'

const { ask, newUser } = asking({ RATE_LIMITS: 'on', TRUST_PROXY: 'loopback' })
const from = (address: string) => ({ 'x-real-ip': address })

beforeEach(() => forgetCounts())
afterEach(() => vi.useRealTimers())

describe('limits', () => {
  it('let five logins a minute through from one address, and tell the sixth when to come back', async () => {
    const login = (address: string) => ask('POST', '/auth/login', { username: 'nobody', password }, from(address))
    for (let i = 0; i < 5; i++) expect((await login('203.0.113.1')).status).toBe(401)
    const sixth = await login('203.0.113.1')
    expect(sixth.status).toBe(429)
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(sixth.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect(sixth.json.detail).toMatch(/^Too many requests\. Please try again in \d+ seconds\.$/)
    expect((await login('203.0.113.2')).status).toBe(401)
  })

  it('count a whole IPv6 network as one', async () => {
    const login = (i: number) => ask('POST', '/auth/login', { username: 'none', password }, from(`2001:db8:1:1::${i}`))
    for (let i = 1; i <= 5; i++) await login(i)
    expect((await login(6)).status).toBe(429)
  })

  it('let three people register an hour from one address', async () => {
    const register = (name: string) =>
      ask('POST', '/auth/register', { username: name, email: `${name}@example.com`, password }, from('203.0.113.3'))
    for (const name of ['reg1', 'reg2', 'reg3']) expect((await register(name)).status).toBe(200)
    const fourth = await register('reg4')
    expect(fourth.status).toBe(429)
    expect(Number(fourth.headers.get('retry-after'))).toBeGreaterThan(3000)
  })

  it('stop wrong API keys, and never the right one', async () => {
    const user = await newUser()
    const profile = (key: string) =>
      ask('GET', '/user/profile', undefined, { 'x-api-key': key, ...from('203.0.113.4') })
    for (let i = 0; i < 20; i++) expect((await profile('aisk_wrong')).status).toBe(401)
    expect((await profile('aisk_wrong')).status).toBe(429)
    expect((await profile(user.key)).status).toBe(200)
  })

  it('give a person sixty calls a minute, and a stranger ten', async () => {
    const statuses = async (who: { userId?: number; address: string }, times: number) => {
      const outcomes = await Promise.allSettled(Array.from({ length: times }, () => consume('calls', who)))
      return outcomes.filter(outcome => outcome.status === 'fulfilled').length
    }
    expect(await statuses({ userId: 1, address: '203.0.113.5' }, 70)).toBe(60)
    expect(await statuses({ userId: 2, address: '203.0.113.5' }, 5)).toBe(5)
    expect(await statuses({ address: '203.0.113.5' }, 20)).toBe(10)
  })

  it('let conversations go on, and tell a lost answer again, when no new call is taken', async () => {
    const user = await newUser()
    const call = (id: string) =>
      ask(
        'POST',
        '/call/incoming',
        { call_id: id, caller_number: '+12025550123', called_number: '' },
        bearer(user.token),
      )
    const first = await call('first')
    expect(first.json).toMatchObject({ action: 'ask_question' })
    const filling = Array.from({ length: 60 }, () => consume('calls', { userId: user.id, address: '203.0.113.6' }))
    await Promise.allSettled(filling)
    expect((await call('second')).status).toBe(429)
    const again = await call('first')
    expect([again.status, again.json]).toEqual([200, first.json])
    const said = { text: 'This is Anna from the dentist, please move my appointment.' }
    expect((await ask('POST', '/api/v1/calls/first/turns', said, bearer(user.token))).status).toBe(200)
    expect((await ask('POST', '/call/incoming', { call_id: 7 }, bearer(user.token))).status).toBe(422)
  })

  it('give a person twenty streams at a time', () => {
    const ends = Array.from({ length: 20 }, () => takePlace('streams', 7))
    expect(() => takePlace('streams', 7)).toThrow('Too many connections')
    ends[0]!()
    ends[0]!()
    const end = takePlace('streams', 7)
    expect(() => takePlace('streams', 7)).toThrow()
    end()
  })

  it('are counted by person for people who are signed in, from wherever they come', async () => {
    const user = await newUser()
    const change = (address: string) =>
      ask('POST', '/api/v1/password', { current: 'x', next: 'y' }, { ...bearer(user.token), ...from(address) })
    for (let i = 0; i < 3; i++) expect((await change(`203.0.113.${i}`)).status).toBe(403)
  })
})
