import { createSigner } from 'fast-jwt'
import { describe, expect, it } from 'vitest'
import { asking, bearer, jwtSecret, password } from '../../test/asking.ts'
import { onSessionEnded, type SessionEnded } from './index.ts'

const { ask, isIn, newUser, page, signInBrowser, web } = asking()

describe('tokens', () => {
  const sign = (claims: object, key = jwtSecret) => createSigner({ key, algorithm: 'HS256', noTimestamp: true })(claims)
  const inS = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

  it('of the first service open the eight endpoints, and nothing newer', async () => {
    const user = await newUser()
    const old = bearer(sign({ user_id: user.id, username: user.name, exp: inS(3600) }))
    expect(await isIn(old)).toBe(200)
    expect((await ask('GET', '/api/v1/account', undefined, old)).status).toBe(401)
    expect(await isIn(old)).toBe(200)
  })

  it.each<[string, (user: { id: number; name: string }) => string]>([
    ['that expired', user => sign({ user_id: user.id, username: user.name, exp: inS(-1) })],
    ['without an end', user => sign({ user_id: user.id, username: user.name })],
    ['that ends in more than a day', user => sign({ user_id: user.id, username: user.name, exp: inS(90_000) })],
    ['whose user_id is true', user => sign({ user_id: true, username: user.name, exp: inS(60) })],
    ['whose user_id is a text', user => sign({ user_id: String(user.id), username: user.name, exp: inS(60) })],
    ['whose user_id is not whole', user => sign({ user_id: user.id + 0.5, username: user.name, exp: inS(60) })],
    ['of another name', user => sign({ user_id: user.id, username: 'somebody', exp: inS(60) })],
    ['of another key', user => sign({ user_id: user.id, username: user.name, exp: inS(60) }, 'y'.repeat(40))],
    ['of a session that never was', user => sign({ user_id: user.id, username: user.name, exp: inS(60), sid: 'none' })],
    ['whose session id is a number', user => sign({ user_id: user.id, username: user.name, exp: inS(60), sid: 5 })],
  ])('%s is refused', async (_, make) => {
    expect(await isIn(bearer(make(await newUser())))).toBe(401)
  })

  it("of somebody else's session are refused", async () => {
    const [a, b] = [await newUser(), await newUser()]
    const { sid } = JSON.parse(Buffer.from(a.token.split('.')[1]!, 'base64url').toString())
    expect(await isIn(bearer(sign({ user_id: b.id, username: b.name, exp: inS(60), sid })))).toBe(401)
  })

  it('are not API keys, and keys are not tokens, also right after they opened the door', async () => {
    const user = await newUser()
    expect(await isIn({ 'x-api-key': user.key })).toBe(200)
    expect(await isIn(bearer(user.key))).toBe(401)
    expect(await isIn(bearer(user.token))).toBe(200)
    expect(await isIn({ 'x-api-key': user.token })).toBe(401)
    const { cookie } = await signInBrowser(user.name)
    expect((await ask('GET', '/api/v1/account', undefined, { cookie })).status).toBe(200)
    expect(await isIn(bearer(cookie))).toBe(401)
    expect(await isIn(bearer(cookie.split('=')[1]!))).toBe(401)
  })

  it('refresh once each; a copy that is used again ends the session', async () => {
    const user = await newUser()
    const login = await ask('POST', '/auth/login', { username: user.name, password, remember: true })
    expect(login.json.expires_in).toBe(86_400)
    const first = login.json.refresh_token
    const renewed = await ask('POST', '/auth/refresh', { refresh_token: first })
    expect(renewed.status).toBe(200)
    expect(await isIn(bearer(renewed.json.token))).toBe(200)
    expect((await ask('POST', '/auth/refresh', { refresh_token: first })).status).toBe(401)
    expect(await isIn(bearer(renewed.json.token))).toBe(401)
    expect((await ask('POST', '/auth/refresh', { refresh_token: renewed.json.refresh_token })).status).toBe(401)
  })

  it('end at once when their session ends, and listeners hear of it', async () => {
    const user = await newUser()
    const ended: SessionEnded[] = []
    const off = onSessionEnded(event => ended.push(event))
    expect(await isIn(bearer(user.token))).toBe(200)
    expect((await ask('POST', '/auth/logout', undefined, bearer(user.token))).status).toBe(204)
    expect(await isIn(bearer(user.token))).toBe(401)
    off()
    expect(ended).toHaveLength(1)
    expect(ended[0]?.userId).toBe(user.id)
  })

  it('of the first service end with "sign out everywhere"', async () => {
    const user = await newUser()
    const old = bearer(sign({ user_id: user.id, username: user.name, exp: inS(3600) }))
    expect(await isIn(old)).toBe(200)
    expect((await ask('DELETE', '/api/v1/sessions', undefined, bearer(user.token))).status).toBe(204)
    expect(await isIn(old)).toBe(401)
    expect(await isIn(bearer(user.token))).toBe(401)
    expect(await isIn({ 'x-api-key': user.key })).toBe(200)
  })
})

describe('the browser', () => {
  it('gets a cookie for pages of this host only', async () => {
    const user = await newUser()
    const browser = await signInBrowser(user.name)
    expect(browser.setCookie).toMatch(/^authjs\.session-token=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)
    const headers = { cookie: browser.cookie }
    expect((await ask('GET', '/api/v1/account', undefined, headers)).json.username).toBe(user.name)
    const change = (origin: Record<string, string>) =>
      ask('PATCH', '/api/v1/account', { language: 'de' }, { ...headers, ...origin })
    expect((await change({})).status).toBe(403)
    expect((await change({ origin: 'null' })).status).toBe(403)
    expect((await change({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await change({ origin: `${web().url}.evil.example` })).status).toBe(403)
    expect((await change(page())).json.language).toBe('de')
  })

  it('gets a secure cookie behind TLS, also when the proxy passes nothing but Host', async () => {
    const user = await newUser()
    const { host } = new URL(web().url)
    const answer = await ask(
      'POST',
      '/api/v1/sign-in',
      { username: user.name, password, remember: true },
      { origin: `https://${host}` },
    )
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(/^__Secure-authjs\.session-token=.*; Secure; Max-Age=2592000$/)
    const headers = { cookie: cookie.split(';')[0]! }
    expect((await ask('GET', '/api/v1/account', undefined, headers)).status).toBe(200)
  })

  it('cannot be signed in by a page elsewhere', async () => {
    const user = await newUser()
    const answer = await ask(
      'POST',
      '/api/v1/sign-in',
      { username: user.name, password },
      { origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('signs out: the session ends, the cookie goes', async () => {
    const user = await newUser()
    const { cookie } = await signInBrowser(user.name)
    const answer = await ask('POST', '/api/v1/sign-out', undefined, { cookie, ...page() })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await ask('GET', '/api/v1/account', undefined, { cookie })).status).toBe(401)
    expect((await ask('POST', '/api/v1/sign-out', undefined, { cookie, ...page() })).status).toBe(204)
  })

  it('shows no API key, and asks for the password before it makes one that may do everything', async () => {
    const user = await newUser()
    const browser = await signInBrowser(user.name)
    expect(browser.text).not.toContain('aisk_')
    const headers = { cookie: browser.cookie, ...page() }
    expect((await ask('POST', '/api/v1/keys', { name: 'k', scopes: ['all'] }, headers)).status).toBe(422)
    expect((await ask('POST', '/api/v1/keys', { name: 'k', scopes: ['all'], password: 'no' }, headers)).status).toBe(
      403,
    )
    expect((await ask('POST', '/api/v1/keys', { name: 'k', scopes: ['all'], password }, headers)).status).toBe(201)
  })
})

describe('a ticket', () => {
  it('opens one socket, within half a minute', async () => {
    const { issueTicket, readTicket } = await import('./index.ts')
    const { ticket } = await issueTicket('socket', { userId: 1 }, { atMs: 1_000_000 })
    expect(await readTicket('invite', ticket, 1_001_000)).toBeNull()
    expect((await readTicket('socket', ticket, 1_001_000))?.userId).toBe(1)
    expect(await readTicket('socket', ticket, 1_001_000)).toBeNull()
    const late = await issueTicket('socket', { userId: 1 }, { atMs: 2_000_000 })
    expect(await readTicket('socket', late.ticket, 2_031_000)).toBeNull()
  })
})
