import { randomBytes } from 'node:crypto'

export type Step = { title: string; lines: string[]; isRight: boolean }
type Answer = { status: number; json: Record<string, unknown> }
type Person = { username: string; id: number; token: string; key: string }

const password = () => `Try-${randomBytes(9).toString('base64url')}!7`

/**
 * The guide's five steps against a running server: two people register, sign in, send calls, read their history, and are
 * kept apart. Stops at the first step that goes wrong, because the next ones stand on it.
 */
export async function* walk(baseUrl: string): AsyncGenerator<Step> {
  const ask = asker(baseUrl)
  const suffix = randomBytes(4).toString('hex')
  const people = [`try_a_${suffix}`, `try_b_${suffix}`].map(username => ({ username, password: password() }))

  const registered: Person[] = []
  for (const { username, password } of people) {
    const answer = await ask('POST', '/auth/register', { username, email: `${username}@example.com`, password })
    if (answer.status !== 200) return yield failed('1. Register two test users', answer)
    registered.push(toPerson(answer))
  }
  yield done(
    '1. Register two test users',
    registered.map(({ username, id }) => `${username} is user ${id}`),
  )

  const signedIn: Person[] = []
  for (const person of people) {
    const answer = await ask('POST', '/auth/login', person)
    if (answer.status !== 200) return yield failed('2. Sign in with both', answer)
    signedIn.push(toPerson(answer))
  }
  yield done(
    '2. Sign in with both',
    signedIn.map(({ username, token }) => `${username} has a token of ${token.length} characters`),
  )

  const said: string[] = []
  for (const [n, { token, username }] of signedIn.entries()) {
    const call = { call_id: `try-${suffix}-${n}`, caller_number: `+1555000${n}`, called_number: '+0987654321' }
    const answer = await ask('POST', '/call/incoming', call, { authorization: `Bearer ${token}` })
    if (answer.status !== 200) return yield failed('3. Simulate a call for each', answer)
    said.push(`${username}: ${String(answer.json.action)}, "${String(answer.json.message)}"`)
  }
  yield done('3. Simulate a call for each', said)

  const histories: string[] = []
  for (const [n, person] of signedIn.entries()) {
    const answer = await ask('GET', '/user/calls?limit=10', undefined, byKey(person))
    const calls = (answer.json.calls ?? []) as { call_id: string }[]
    if (answer.status !== 200 || calls.length !== 1 || calls[0]?.call_id !== `try-${suffix}-${n}`)
      return yield failed('4. Read the history of each, by API key', answer)
    histories.push(`${person.username} sees the own call and no other`)
  }
  yield done('4. Read the history of each, by API key', histories)

  yield await tryIdentity(ask, signedIn, `try-${suffix}-0`)
}

async function tryIdentity(ask: Ask, [anna, ben]: Person[], callId: string): Promise<Step> {
  const title = '5. Try the authentication'
  const tries: [string, number, Promise<Answer>][] = [
    ['nobody', 401, ask('GET', '/user/profile')],
    ['a wrong token', 401, ask('GET', '/user/profile', undefined, { authorization: 'Bearer wrong' })],
    ['a wrong key', 401, ask('GET', '/user/profile', undefined, { 'x-api-key': 'aisk_wrong' })],
    ['the right token', 200, ask('GET', '/user/profile', undefined, { authorization: `Bearer ${anna!.token}` })],
    ['the right key', 200, ask('GET', '/user/profile', undefined, byKey(anna!))],
    ["another's call", 404, ask('GET', `/call/${callId}/status`, undefined, byKey(ben!))],
  ]
  const lines: string[] = []
  let isRight = true
  for (const [who, expected, asked] of tries) {
    const { status } = await asked
    isRight &&= status === expected
    lines.push(`${who}: ${status}${status === expected ? '' : `, and should be ${expected}`}`)
  }
  return { title, lines, isRight }
}

type Ask = ReturnType<typeof asker>

function asker(baseUrl: string) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    })
    const text = await response.text()
    try {
      return { status: response.status, json: JSON.parse(text) as Record<string, unknown> }
    } catch {
      return { status: response.status, json: { detail: text.slice(0, 200) } }
    }
  }
}

function toPerson({ json }: Answer): Person {
  return {
    username: String(json.username),
    id: Number(json.id),
    token: String(json.token),
    key: String(json.api_key ?? ''),
  }
}

/** A server with LOGIN_RETURNS_API_KEY=false keeps the key to itself. */
function byKey({ key, token }: Person): Record<string, string> {
  return key ? { 'x-api-key': key } : { authorization: `Bearer ${token}` }
}

const done = (title: string, lines: string[]): Step => ({ title, lines, isRight: true })

function failed(title: string, { status, json }: Answer): Step {
  const hint =
    status === 429
      ? ' Registration is limited to three an hour from one address: wait, or start with RATE_LIMITS=off.'
      : ''
  return {
    title,
    lines: [`The server answered ${status}: ${String(json.detail ?? JSON.stringify(json))}${hint}`],
    isRight: false,
  }
}
