import { describe, expect, it } from 'vitest'
import { asking, bearer } from '../../test/asking.ts'
import type { ImportResult, PeoplePage, Person } from './contract.ts'
import { recognise } from './index.ts'

const { ask, newUser, web } = asking({ OLLAMA_HOST: 'http://127.0.0.1:9', RATE_LIMITS: 'off' })

async function someone() {
  const user = await newUser()
  const as = <T>(method: string, path: string, body?: unknown) =>
    ask(method, path, body, bearer(user.token)).then(answer => ({ ...answer, body: answer.json as unknown as T }))
  const upload = async (path: string, file: string | Buffer) => {
    const body = typeof file === 'string' ? file : new Uint8Array(file)
    const response = await fetch(web().url + path, { method: 'POST', headers: bearer(user.token), body })
    return { status: response.status, body: (await response.json()) as ImportResult }
  }
  return { ...user, as, upload }
}

const card = (name: string, ...numbers: string[]) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\n${numbers.map(number => `TEL;TYPE=CELL:${number}\r\n`).join('')}END:VCARD\r\n`

describe('people', () => {
  it('are kept with their numbers, however those are written', async () => {
    const { as, id } = await someone()
    const made = await as<Person>('POST', '/api/v1/people', {
      name: 'Anna',
      trust: 'favourite',
      numbers: ['(202) 555-0143', '202-555-0143'],
    })
    expect(made.status).toBe(201)
    expect(made.body.numbers).toEqual([{ number: '202-555-0143', key: '+12025550143' }])
    expect((await recognise(id, '+12025550143', 'US')).person).toMatchObject({ name: 'Anna', trust: 'favourite' })
    const german = await as<Person>('POST', '/api/v1/people', { name: 'Jörg', numbers: ['030 1234567'] })
    expect(german.body.numbers[0]?.key).toBe('0301234567')
    expect((await recognise(id, '+49301234567', 'US')).person?.name).toBe('Jörg')
    expect((await as('POST', '/api/v1/people', { name: 'Bob', numbers: ['+1 202 555 0143'] })).status).toBe(409)
    const changed = await as<Person>('PATCH', `/api/v1/people/${made.body.id}`, { trust: 'blocked', numbers: ['100'] })
    expect(changed.body).toMatchObject({ trust: 'blocked', numbers: [{ number: '100', key: '100' }] })
    expect((await as('DELETE', `/api/v1/people/${made.body.id}`)).status).toBe(204)
    expect((await as('GET', `/api/v1/people/${made.body.id}`)).status).toBe(404)
  })

  it('are found by name, organisation and number, page by page', async () => {
    const { as } = await someone()
    for (const [i, name] of ['Ann', 'Ann', 'Ben_1', 'Cem'].entries()) {
      await as('POST', '/api/v1/people', {
        name,
        organisation: i === 3 ? '100% GmbH' : null,
        numbers: [`202555010${i}`],
      })
    }
    const names = async (query: string) =>
      (await as<PeoplePage>('GET', `/api/v1/people?${query}`)).body.people.map(({ name }) => name)
    expect(await names('search=ann')).toEqual(['Ann', 'Ann'])
    expect(await names('search=100%25')).toEqual(['Cem'])
    expect(await names('search=n_1')).toEqual(['Ben_1'])
    expect(await names('search=555-0102')).toEqual(['Ben_1'])
    const all: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: PeoplePage = (
        await as<PeoplePage>('GET', `/api/v1/people?limit=1${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
      ).body
      all.push(...page.people.map(({ name }) => name))
      cursor = page.next
    }
    expect(all).toEqual(['Ann', 'Ann', 'Ben_1', 'Cem'])
    expect((await as('GET', '/api/v1/people?cursor=nonsense')).status).toBe(400)
  })

  it.each([
    [{ name: '' }],
    [{ name: 'x', numbers: ['<b>'] }],
    [{ name: 'x', trust: 'friend' }],
    [{ name: 'x', quietFromMin: 1440 }],
    [{}],
    [{ name: 7 }],
  ])('refuses %j', async person => {
    const { as } = await someone()
    expect((await as('POST', '/api/v1/people', person)).status).toBe(422)
  })
})

describe('a vCard file', () => {
  it('adds who is new, completes who is known, and says what it skipped', async () => {
    const { as, upload } = await someone()
    await as('POST', '/api/v1/people', { name: 'My Ann', trust: 'favourite', numbers: ['+12025550143'] })
    const file =
      card('Ann', '+1 202 555 0143', '+1 202 555 0144') +
      card('Bob', '+12025550150') +
      card('Nobody') +
      'BEGIN:VCARD\r\nnonsense\r\nEND:VCARD\r\n'
    const { body } = await upload('/api/v1/people/import', file)
    expect(body).toMatchObject({ added: 1, updated: 1, skipped: 2 })
    expect(body.problems[0]).toContain('Card 3')
    const { people } = (await as<PeoplePage>('GET', '/api/v1/people')).body
    expect(people.map(({ name, trust }) => [name, trust])).toEqual([
      ['Bob', 'known'],
      ['My Ann', 'favourite'],
    ])
    expect(people[1]!.numbers).toHaveLength(2)
  })

  it('of an old telephone is read: version 2.1, quoted-printable, a picture, Windows letters', async () => {
    const { as, upload } = await someone()
    const old =
      'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\nTEL;CELL:+491715550123\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRgABAQAAAQABAAD\r\n\r\nEND:VCARD\r\n'
    const windows = Buffer.from(card('Müßig', '+491715550124'), 'latin1')
    expect((await upload('/api/v1/people/import', old)).body.added).toBe(1)
    expect((await upload('/api/v1/people/import', windows)).body.added).toBe(1)
    const { people } = (await as<PeoplePage>('GET', '/api/v1/people')).body
    expect(people.map(({ name }) => name)).toEqual(['Jörg Müller', 'Müßig'])
  })

  it('of more than a megabyte is read as it comes, and of more than ten is refused', async () => {
    const { upload } = await someone()
    const picture = `PHOTO;ENCODING=b:${'A'.repeat(2_000)}\r\n`
    const big = Array.from({ length: 800 }, (_, i) =>
      card(`P${i}`, `+1202555${String(1000 + i)}`).replace('END:', `${picture}END:`),
    ).join('')
    expect(big.length).toBeGreaterThan(1.5e6)
    expect((await upload('/api/v1/people/import', big)).body).toMatchObject({ added: 800, skipped: 0 })
    expect((await upload('/api/v1/people/import', 'x\r\n'.repeat(4_000_000))).status).toBe(413)
  })

  it('comes out as it went in', async () => {
    const a = await someone()
    const b = await someone()
    const note = 'Line one; with, signs\nand ä long line '.repeat(6)
    await a.as('POST', '/api/v1/people', {
      name: 'Jörg; Müller, Dr.',
      organisation: 'A, B',
      note,
      numbers: ['+491715550123', '100'],
    })
    const response = await fetch(`${web().url}/api/v1/people/export`, { headers: bearer(a.token) })
    expect(response.headers.get('content-type')).toContain('text/vcard')
    const file = await response.text()
    expect(file.split('\r\n').every(line => Buffer.byteLength(line) <= 75)).toBe(true)
    await b.upload('/api/v1/people/import', file)
    const [person] = (await b.as<PeoplePage>('GET', '/api/v1/people')).body.people
    expect(person).toMatchObject({
      name: 'Jörg; Müller, Dr.',
      numbers: [{ number: '+491715550123' }, { number: '100' }],
    })
    expect(person?.note?.startsWith('Line one; with, signs')).toBe(true)
  })
})

describe('a block list', () => {
  it('is imported from a text file, a number or a beginning a line, and matches in both spellings', async () => {
    const { as, upload, id } = await someone()
    const file = '# spam\n+1 900*\n+44 20 7946 0000, scam\n"2025550199";note\n\n+1\nhello\n0900\n+1 900*\n'
    const { body } = await upload('/api/v1/blocked-numbers/import?list=Spam', file)
    expect(body).toMatchObject({ added: 4, skipped: 2 })
    const blocked = async (key: string, country = 'US') => (await recognise(id, key, country)).blockedBy?.prefix ?? null
    expect(await blocked('+19005550100')).toBe('+1900')
    expect(await blocked('+442079460000')).toBe('+442079460000')
    expect(await blocked('+442079460001')).toBeNull()
    expect(await blocked('+12025550199')).toBe('+12025550199')
    expect(await blocked('+499001234567', 'DE')).toBe('0900')
    const { body: lines } = await as<{ lines: { isPersistentAllowed: boolean }[] }>('GET', '/api/v1/lines')
    expect(lines.lines[0]?.isPersistentAllowed).toBe(false)
    const { body: list } = await as<{ numbers: { id: number }[]; lists: object[] }>('GET', '/api/v1/blocked-numbers')
    expect(list.lists).toEqual([{ list: 'Spam', count: 4 }])
    expect((await as('DELETE', `/api/v1/blocked-numbers/${list.numbers[0]!.id}`)).status).toBe(204)
    expect((await as<object>('DELETE', '/api/v1/blocked-numbers?list=Spam')).body).toEqual({ removed: 3 })
  })

  it('and its people belong to one owner', async () => {
    const a = await someone()
    const b = await someone()
    await a.upload('/api/v1/blocked-numbers/import', '+12025550100\n')
    const { body } = await a.as<{ numbers: { id: number }[] }>('GET', '/api/v1/blocked-numbers')
    expect((await b.as('DELETE', `/api/v1/blocked-numbers/${body.numbers[0]!.id}`)).status).toBe(404)
    const person = await a.as<Person>('POST', '/api/v1/people', { name: 'Ann' })
    for (const method of ['GET', 'DELETE'])
      expect((await b.as(method, `/api/v1/people/${person.body.id}`)).status).toBe(404)
    expect((await b.as('PATCH', `/api/v1/people/${person.body.id}`, { name: 'x' })).status).toBe(404)
  })
})
