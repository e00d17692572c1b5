import { describe, expect, it } from 'vitest'
import { asking, bearer, type Person, password } from '../../test/asking.ts'
import { softwarePasskey } from '../../test/authenticator.ts'

const { ask, newUser, page, web } = asking()

type Begun = { ticket: string; options: { challenge: string; rp?: { id: string } } }

async function begin(user: Person): Promise<Begun> {
  const answer = await ask('POST', '/api/v1/passkeys/options', { password }, { ...bearer(user.token), ...page() })
  expect(answer.status, answer.text).toBe(200)
  return JSON.parse(answer.text)
}

/** The page's origin by name: a passkey belongs to a host name. */
const origin = () => web().url

async function withPasskey() {
  const user = await newUser()
  const passkey = softwarePasskey(origin())
  const { ticket, options } = await begin(user)
  const credential = passkey.create(options.challenge)
  const added = await ask('POST', '/api/v1/passkeys', { ticket, name: 'Phone', credential }, bearer(user.token))
  return { user, passkey, added }
}

async function challenge(): Promise<Begun> {
  return JSON.parse((await ask('POST', '/api/v1/sign-in/passkey/options', undefined, page())).text)
}

const finish = (ticket: string, credential: unknown) =>
  ask('POST', '/api/v1/sign-in/passkey', { ticket, credential }, page())

describe('a passkey', () => {
  it('is added with the password, and signs in by itself', async () => {
    const { user, passkey, added } = await withPasskey()
    expect(added.status, added.text).toBe(201)
    const { ticket, options } = await challenge()
    const answer = await finish(ticket, passkey.get(options.challenge))
    expect(answer.status, answer.text).toBe(200)
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
    expect((await ask('GET', '/api/v1/account', undefined, { cookie })).json.username).toBe(user.name)
  })

  it('does not come without the password', async () => {
    const user = await newUser()
    const ask1 = (body: unknown) => ask('POST', '/api/v1/passkeys/options', body, { ...bearer(user.token), ...page() })
    expect((await ask1({})).status).toBe(422)
    expect((await ask1({ password: 'wrong-phrase-here' })).status).toBe(403)
  })

  it('signs in once for each challenge, on this page only, and with finger or PIN only', async () => {
    const { passkey } = await withPasskey()
    const first = await challenge()
    const good = passkey.get(first.options.challenge)
    expect((await finish(first.ticket, good)).status).toBe(200)
    expect((await finish(first.ticket, good)).status).toBe(401)
    const second = await challenge()
    expect((await finish(second.ticket, passkey.get(first.options.challenge))).status).toBe(401)
    const third = await challenge()
    expect(
      (await finish(third.ticket, passkey.get(third.options.challenge, { from: 'https://evil.example' }))).status,
    ).toBe(401)
    const fourth = await challenge()
    expect((await finish(fourth.ticket, passkey.get(fourth.options.challenge, { isVerified: false }))).status).toBe(401)
    const fifth = await challenge()
    const forged = { ...softwarePasskey(origin()).get(fifth.options.challenge), id: good.id, rawId: good.rawId }
    expect((await finish(fifth.ticket, forged)).status).toBe(401)
  })

  it('of somebody else is not added, and a challenge of one cannot be used by another', async () => {
    const [a, b] = [await newUser(), await newUser()]
    const { ticket, options } = await begin(a)
    const credential = softwarePasskey(origin()).create(options.challenge)
    expect((await ask('POST', '/api/v1/passkeys', { ticket, name: 'x', credential }, bearer(b.token))).status).toBe(401)
  })

  it('that is removed signs in no more', async () => {
    const { user, passkey, added } = await withPasskey()
    const list = await ask('GET', '/api/v1/passkeys', undefined, bearer(user.token))
    expect(list.text).toContain('Phone')
    expect(list.text).not.toContain('publicKey')
    expect((await ask('DELETE', `/api/v1/passkeys/${added.json.id}`, undefined, bearer(user.token))).status).toBe(204)
    const { ticket, options } = await challenge()
    expect((await finish(ticket, passkey.get(options.challenge))).status).toBe(401)
  })

  it.each([{}, { id: 'x' }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }, { id: 5 }, 'text', null])(
    'of nonsense is refused: %j',
    async credential => {
      const { ticket } = await challenge()
      expect([401, 422]).toContain((await finish(ticket, credential)).status)
      const user = await newUser()
      const begun = await begin(user)
      const body = { ticket: begun.ticket, name: 'x', credential }
      expect((await ask('POST', '/api/v1/passkeys', body, bearer(user.token))).status).toBe(422)
    },
  )
})
