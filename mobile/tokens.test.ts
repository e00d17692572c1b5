import { beforeEach, describe, expect, it } from 'vitest'
import { createTokens, type KeptSession, type Vault } from './tokens.ts'

const server = 'https://calls.example.com'
let kept: KeptSession | null
let asked: string[]
let answer: () => Response
const vault: Vault = {
  read: async () => kept,
  write: async session => {
    kept = session
  },
  clear: async () => {
    kept = null
  },
}
const send = (async (url: string, init: RequestInit) => {
  asked.push(`${url} ${init.body}`)
  return answer()
}) as unknown as typeof fetch

beforeEach(() => {
  kept = null
  asked = []
  answer = () => Response.json({ token: 'new', refresh_token: 'r2' })
})

describe('the tokens of the phone', () => {
  it('outlive the app only when the person wants to be remembered', async () => {
    await createTokens(server, vault, send).begin({ token: 't', refreshToken: null }, { remember: false })
    expect(kept).toBe(null)
    await createTokens(server, vault, send).begin({ token: 't', refreshToken: 'r' }, { remember: true })
    expect(await createTokens(server, vault, send).read()).toBe('t')
  })
  it('of one server never go to another', async () => {
    kept = { token: 't', refreshToken: 'r', server: 'https://old.example.com' }
    expect(await createTokens(server, vault, send).read()).toBe(null)
    expect(asked).toEqual([])
  })
  it('are renewed once, however many requests need it at the same time', async () => {
    kept = { token: 't', refreshToken: 'r', server }
    const tokens = createTokens(server, vault, send)
    expect(await Promise.all([tokens.renew(), tokens.renew(), tokens.renew()])).toEqual(['new', 'new', 'new'])
    expect(asked).toEqual([`${server}/auth/refresh {"refresh_token":"r"}`])
    expect(kept).toMatchObject({ token: 'new', refreshToken: 'r2' })
  })
  it('are gone when the server refuses them, and stay when it is merely away', async () => {
    kept = { token: 't', refreshToken: 'r', server }
    const tokens = createTokens(server, vault, send)
    answer = () => new Response('', { status: 503 })
    expect(await tokens.renew()).toBe(null)
    expect(kept).not.toBe(null)
    answer = () => new Response('{}', { status: 401 })
    expect(await tokens.renew()).toBe(null)
    expect(kept).toBe(null)
    expect(await tokens.read()).toBe(null)
  })
  it('that cannot be decrypted mean signed out', async () => {
    const broken: Vault = { ...vault, read: () => Promise.reject(new Error('keystore was reset')) }
    expect(await createTokens(server, broken, send).read()).toBe(null)
  })
})
