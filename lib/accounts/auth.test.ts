import { NextRequest } from 'next/server'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetCounts } from '#lib/http/index.ts'
import { log } from '#lib/log.ts'
import { asking, password } from '../../test/asking.ts'

const { ask, newUser, page, signInBrowser } = asking({ RATE_LIMITS: 'on' })

beforeEach(() => forgetCounts())

async function nextAuth(path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
  const { GET, POST } = await import('#app/api/auth/[...nextauth]/route.tsx')
  const request = new NextRequest(`http://phone.example/api/auth/${path}`, init)
  return init.method === 'POST' ? POST(request) : GET(request)
}

describe('next-auth', () => {
  it('knows the session that our own sign-in made, and forgets it when it ends', async () => {
    const user = await newUser()
    const { cookie } = await signInBrowser(user.name)
    const session = await (await nextAuth('session', { headers: { cookie } })).json()
    expect(session.user).toMatchObject({ name: user.name, id: String(user.id) })
    await ask('POST', '/api/v1/sign-out', undefined, { cookie, ...page() })
    expect((await ask('GET', '/api/v1/account', undefined, { cookie })).status).toBe(401)
    expect(await (await nextAuth('session', { headers: { cookie } })).json()).toBeNull()
  })

  it('knows the secure cookie too', async () => {
    const user = await newUser()
    const answer = await ask(
      'POST',
      '/api/v1/sign-in',
      { username: user.name, password },
      { origin: page().origin.replace('http:', 'https:') },
    )
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    expect(cookie).toMatch(/^__Secure-/)
    const session = await (await nextAuth('session', { headers: { cookie } })).json()
    expect(session.user).toMatchObject({ name: user.name })
  })

  it('signs out by ending the session, not only by taking the cookie away', async () => {
    const user = await newUser()
    const { cookie } = await signInBrowser(user.name)
    const csrf = await nextAuth('csrf')
    const { csrfToken } = await csrf.json()
    const cookies = csrf.headers.getSetCookie().map(line => line.split(';')[0])
    await nextAuth('signout', {
      method: 'POST',
      headers: { cookie: [...cookies, cookie].join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken }).toString(),
    })
    expect((await ask('GET', '/api/v1/account', undefined, { cookie })).status).toBe(401)
  })

  it('names the address that the browser asked, not the one that is listened on', async () => {
    const { GET } = await import('#app/api/auth/[...nextauth]/route.tsx')
    const asked = new NextRequest('http://0.0.0.0:8000/api/auth/providers', { headers: { host: 'phone.example:8000' } })
    const { credentials } = await (await GET(asked)).json()
    expect(credentials.signinUrl).toBe('http://phone.example:8000/api/auth/signin/credentials')
  })

  it('writes nothing in the log of what any stranger can ask for', async () => {
    const logged = vi.spyOn(log, 'error')
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await nextAuth('nonsense')
    await nextAuth('signin/nobody')
    await nextAuth('session', { headers: { cookie: 'authjs.session-token=made.up' } })
    await nextAuth('signout', { method: 'POST', headers: form, body: 'csrfToken=x' })
    await nextAuth('callback/credentials', { method: 'POST', headers: form, body: `username=${'x'.repeat(400)}` })
    expect(logged).not.toHaveBeenCalled()
    logged.mockRestore()
  })

  it('signs in with its own client to the same accounts, and shares one limit', async () => {
    const user = await newUser()
    const csrf = await nextAuth('csrf')
    const { csrfToken } = await csrf.json()
    const cookies = csrf.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ')
    const signIn = (secret: string) =>
      nextAuth('callback/credentials', {
        method: 'POST',
        headers: { cookie: cookies, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ csrfToken, username: user.name, password: secret }).toString(),
      })
    const done = await signIn(password)
    const cookie = done.headers
      .getSetCookie()
      .find(line => line.includes('session-token='))!
      .split(';')[0]!
    expect((await ask('GET', '/api/v1/account', undefined, { cookie })).json.username).toBe(user.name)
    const statuses: number[] = []
    for (let i = 0; i < 5; i++) statuses.push((await signIn('wrong-phrase-here')).status)
    expect(statuses.at(-1)).toBe(429)
  })
})
