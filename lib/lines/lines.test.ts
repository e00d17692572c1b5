import { describe, expect, it } from 'vitest'
import { asking, bearer, password } from '../../test/asking.ts'
import type { Line } from './contract.ts'
import { findLineForNumber } from './index.ts'

const { ask, newUser, newChief } = asking({ OLLAMA_HOST: 'http://127.0.0.1:9' })

async function someone() {
  const user = await newUser()
  const as = <T>(method: string, path: string, body?: unknown) =>
    ask(method, path, body, bearer(user.token)).then(answer => ({ ...answer, body: answer.json as unknown as T }))
  const { body } = await as<{ lines: Line[] }>('GET', '/api/v1/lines')
  return { ...user, as, line: body.lines[0]! }
}

describe('a line', () => {
  it('is there from the start: English greeting, destination 100, always open', async () => {
    const { line } = await someone()
    expect(line).toMatchObject({
      isDefault: true,
      language: 'en',
      hours: [],
      destinations: [{ target: '100', isExternal: false }],
    })
    expect(line.greeting).toContain('Who is calling')
  })

  it("is named and greets in its owner's language, in their time zone, and can be called otherwise", async () => {
    const who = { username: 'heidi', email: 'heidi@example.com', password }
    const { json, status } = await ask('POST', '/auth/register', { ...who, language: 'de', timeZone: 'Europe/Vienna' })
    expect(status).toBe(200)
    const own = bearer(json.token)
    const lines = async () =>
      ((await ask('GET', '/api/v1/lines', undefined, own)).json as unknown as { lines: Line[] }).lines
    const [line] = await lines()
    expect(line).toMatchObject({ name: 'Mein Anschluss', language: 'de', timeZone: 'Europe/Vienna', country: 'AT' })
    await ask('PATCH', `/api/v1/lines/${line!.id}`, { name: 'Praxis' }, own)
    expect((await lines())[0]!.name).toBe('Praxis')
  })

  it.each([
    { language: 'tlh', timeZone: 'Qo/noS' },
    { language: { x: 1 }, timeZone: 7 },
  ])('is there for an account that came with %j', async origin => {
    const username = `odd${Math.random().toString(36).slice(2, 10)}`
    const who = { username, email: `${username}@example.com`, password, ...origin }
    const { json, status } = await ask('POST', '/auth/register', who)
    expect(status).toBe(200)
    const { json: answer } = await ask('GET', '/api/v1/lines', undefined, bearer(json.token))
    expect((answer as unknown as { lines: Line[] }).lines[0]).toMatchObject({ name: 'My line', language: 'en' })
  })

  it('can be made, changed and removed, but for the default one', async () => {
    const { as, line } = await someone()
    const made = await as<Line>('POST', '/api/v1/lines', { name: 'Office', language: 'de', timeZone: 'Europe/Berlin' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ country: 'DE', isDefault: false })
    expect(made.body.greeting).toContain('Guten Tag')
    const change = { hours: [{ day: 1, from: '09:00', to: '17:00' }], holidays: ['2026-12-25'], isDefault: true }
    expect((await as<Line>('PATCH', `/api/v1/lines/${made.body.id}`, change)).body).toMatchObject(change)
    expect((await as('DELETE', `/api/v1/lines/${made.body.id}`)).status).toBe(409)
    expect((await as('DELETE', `/api/v1/lines/${line.id}`)).status).toBe(204)
  })

  it.each([
    [{ hours: [{ day: 8, from: '09:00', to: '17:00' }] }],
    [{ hours: [{ day: 1, from: '9', to: '17:00' }] }],
    [{ holidays: ['25.12.2026'] }],
    [{ timeZone: 'Mars/Olympus' }],
    [{ country: 'Germany' }],
    [{ greeting: '' }],
    [{ destinations: [{ label: 'x', target: 'rm -rf' }] }],
    [
      {
        destinations: [
          { label: 'x', target: '100' },
          { label: 'y', target: '100' },
        ],
      },
    ],
    [{ numbers: ['<script>'] }],
    [{ userId: 1 }],
    [{ isDefault: false }],
  ])('refuses %j', async change => {
    const { as, line } = await someone()
    const answer = await as('PATCH', `/api/v1/lines/${line.id}`, change)
    expect(answer.status).toBe(422)
    expect(answer.json.detail).toBeTruthy()
  })

  it('owns a number in every spelling, and nobody else can have it', async () => {
    const a = await someone()
    const b = await someone()
    const numbers = ['+49 30 5550001', '301']
    expect((await a.as<Line>('PATCH', `/api/v1/lines/${a.line.id}`, { numbers })).body.numbers).toEqual([
      '+49305550001',
      '301',
    ])
    const taken = await b.as('PATCH', `/api/v1/lines/${b.line.id}`, { numbers: ['+49305550001'] })
    expect(taken.status).toBe(409)
    for (const spelling of ['+49305550001', '49305550001', 'sip:+49305550001@trunk', '+49 (30) 555-0001', '301']) {
      expect((await findLineForNumber(spelling))?.userId, spelling).toBe(a.id)
    }
  })

  it('is seen by its owner alone', async () => {
    const a = await someone()
    const b = await someone()
    expect((await b.as('GET', `/api/v1/lines/${a.line.id}`)).status).toBe(404)
    expect((await b.as('PATCH', `/api/v1/lines/${a.line.id}`, { name: 'mine' })).status).toBe(404)
    expect((await b.as('DELETE', `/api/v1/lines/${a.line.id}`)).status).toBe(404)
    expect((await ask('GET', '/api/v1/lines')).status).toBe(401)
  })
})

describe('an allow-list', () => {
  const external = { label: 'Mobile', target: '+491715550123' }

  it('takes external numbers from an administrator alone, and keeps them when the owner edits it', async () => {
    const { as, line } = await someone()
    const destinations = [{ label: 'Phone', target: '100' }, external]
    expect((await as('PATCH', `/api/v1/lines/${line.id}`, { destinations })).status).toBe(403)
    expect((await as('POST', `/api/v1/lines/${line.id}/destinations`, external)).status).toBe(403)
    const chief = await newChief()
    expect((await ask('POST', `/api/v1/lines/${line.id}/destinations`, external, bearer(chief.token))).status).toBe(201)
    const kept = await as<Line>('PATCH', `/api/v1/lines/${line.id}`, {
      destinations: [external, { label: 'Phone', target: '100' }],
    })
    expect(kept.body.destinations).toMatchObject([
      { ...external, isExternal: true },
      { target: '100', isExternal: false },
    ])
  })

  it.each(['+19005550100', '+498001900', '+49900123456', '0190123456', '112', '911', '+881612345678', '+97912345678'])(
    'never takes %s, not even from an administrator',
    async target => {
      const { line } = await someone()
      const chief = await newChief()
      const answer = await ask(
        'POST',
        `/api/v1/lines/${line.id}/destinations`,
        { label: 'x', target },
        bearer(chief.token),
      )
      if (target === '+498001900') expect(answer.status).toBe(201)
      else expect(answer.status).toBe(422)
    },
  )
})
