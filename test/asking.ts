import { afterAll, beforeAll, expect } from 'vitest'
import { startPostgres } from './databases.ts'
import { startWeb, type Web } from './web.ts'

/** The fields that the tests of accounts read; an answer has some of them. */
type Json = Record<
  | 'detail'
  | 'username'
  | 'token'
  | 'api_key'
  | 'key'
  | 'uri'
  | 'secret'
  | 'url'
  | 'second_factor'
  | 'refresh_token'
  | 'language',
  string
> & {
  id: number
  expires_in: number
  isActive: boolean
  account: object
  keys: { id: number }[]
  recoveryCodes: string[]
}
export type Answer = { status: number; headers: Headers; json: Json; text: string }
export type Person = { name: string; id: number; token: string; key: string }

export const password = 'Str0ngPhrase!42'
export const jwtSecret = 'a-secret-of-tests-with-more-than-32-characters'

type Running = { web: Web; stop(): Promise<void> }
let running: Promise<Running> | null = null
let users = 0
let counter = 0

/** One service for each test file, on SQLite, or on a real PostgreSQL when the file sets TEST_DATABASE to `postgres`. */
async function start(settings: Record<string, string>): Promise<Running> {
  const postgres = process.env.TEST_DATABASE === 'postgres' ? await startPostgres() : null
  const web = await startWeb({
    JWT_SECRET: jwtSecret,
    ...(postgres ? { DATABASE_URL: postgres.url } : {}),
    ...settings,
  })
  return {
    web,
    async stop() {
      await web.stop()
      await postgres?.stop()
    },
  }
}

/** The service through its real listener, and people who ask it things. */
export function asking(settings: Record<string, string> = {}) {
  let web: Web
  beforeAll(async () => {
    users++
    running ??= start(settings)
    web = (await running).web
  }, 60_000)
  afterAll(async () => {
    if (--users === 0) await (await running)?.stop()
  })

  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(web.url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text.startsWith('{') ? JSON.parse(text) : {},
    }
  }

  const nextName = (prefix = 'user') => `${prefix}${++counter}`

  async function newUser(name = nextName()): Promise<Person> {
    const { json, status } = await ask('POST', '/auth/register', {
      username: name,
      email: `${name}@example.com`,
      password,
    })
    expect(status).toBe(200)
    return { name, id: json.id, token: json.token, key: json.api_key }
  }

  /** Makes the first administrator by the set-up link. */
  async function newChief(): Promise<Person> {
    const { createSetupLink } = await import('#lib/accounts/index.ts')
    const link = await createSetupLink()
    if (link !== null) {
      const ticket = new URL(link).searchParams.get('ticket')
      await ask('POST', '/api/v1/setup', { username: 'chief', email: 'chief@example.com', password, ticket })
    }
    const { json } = await ask('POST', '/auth/login', { username: 'chief', password })
    return { name: 'chief', id: json.id, token: json.token, key: json.api_key }
  }

  /** The status of a request that anybody who is signed in may make. */
  const isIn = async (headers: Record<string, string>) => (await ask('GET', '/user/profile', undefined, headers)).status

  /** What a browser sends with a request from a page of ours. */
  const page = () => ({ origin: web.url })

  async function signInBrowser(name: string) {
    const answer = await ask('POST', '/api/v1/sign-in', { username: name, password }, page())
    const setCookie = answer.headers.get('set-cookie') ?? ''
    return { ...answer, setCookie, cookie: setCookie.split(';')[0]! }
  }

  return { web: () => web, ask, nextName, newUser, newChief, isIn, page, signInBrowser }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
