import { hash, verify } from '@node-rs/argon2'
import { describe, expect, it, vi } from 'vitest'
import { asking, password } from '../../test/asking.ts'
import { hashPassword, isOutdated, verifyPassword } from './hashing.ts'

vi.mock(import('@node-rs/argon2'), async importOriginal => {
  const real = await importOriginal()
  return { ...real, verify: vi.fn(real.verify) }
})

const { ask, newUser } = asking()

describe('passwords', () => {
  it('take as many checks for an unknown name as for a wrong password', async () => {
    const user = await newUser()
    const checksOf = async (username: string) => {
      vi.mocked(verify).mockClear()
      const { status, text } = await ask('POST', '/auth/login', { username, password: 'wrong-phrase-here' })
      return {
        status,
        text,
        checks: vi.mocked(verify).mock.calls.length,
        cost: vi.mocked(verify).mock.calls[0]?.[0].toString().slice(0, 30),
      }
    }
    const known = await checksOf(user.name)
    expect(known.checks).toBe(1)
    expect(await checksOf('ghost-of-nobody')).toEqual(known)
    expect(await checksOf('ghost@example.com')).toEqual(known)
    expect(await checksOf('')).toEqual(known)
  })

  it('fit the hashes of other services, and those are outdated', async () => {
    const stored = [
      `scrypt:32768:8:1$salt$${await scryptHex(password, 'salt')}`,
      `pbkdf2:sha256:1000$salt$${await pbkdf2Hex(password, 'salt')}`,
      await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 }),
    ]
    for (const one of stored) {
      expect(await verifyPassword(one, password), one).toBe(true)
      expect(await verifyPassword(one, `${password}x`), one).toBe(false)
      expect(isOutdated(one)).toBe(true)
    }
    expect(isOutdated(await hashPassword(password))).toBe(false)
  })

  it.each([
    '',
    'plain',
    '$argon2id$broken',
    '$2b$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'scrypt:9999999:8:1$s$00',
    'pbkdf2:md5:1$s$00',
  ])('never fit the stored text %j', async stored => {
    expect(await verifyPassword(stored, password)).toBe(false)
    expect(await verifyPassword(stored, stored)).toBe(false)
  })

  it('of a flood wait in turn, and beyond that are told to come back', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 400 }, () => verifyPassword('plain', password)))
    const refused = outcomes.filter(outcome => outcome.status === 'rejected')
    expect(refused.length).toBeGreaterThan(50)
    expect(refused[0]?.reason).toMatchObject({ code: 'unavailable', retryAfterS: 2 })
    expect(await verifyPassword('plain', password)).toBe(false)
  })
})

async function scryptHex(secret: string, salt: string): Promise<string> {
  const { scryptSync } = await import('node:crypto')
  return scryptSync(secret, salt, 64, { N: 32_768, r: 8, p: 1, maxmem: 2 ** 27 }).toString('hex')
}

async function pbkdf2Hex(secret: string, salt: string): Promise<string> {
  const { pbkdf2Sync } = await import('node:crypto')
  return pbkdf2Sync(secret, salt, 1000, 32, 'sha256').toString('hex')
}
