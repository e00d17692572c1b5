import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, endAll, post, register, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService({ RATE_LIMITS: 'on' })
})
afterAll(endAll)

test('guessing passwords ends in 429, with the time to wait', async () => {
  const user = await register(service.url)
  const answers: Response[] = []
  for (let i = 0; i < 12; i++)
    answers.push(await post(`${service.url}/auth/login`, { username: user.username, password: `guess-${i}-guess` }))
  const statuses = answers.map(({ status }) => status)
  expect(statuses[0]).toBe(401)
  expect(statuses.at(-1)).toBe(429)
  expect(statuses.filter(status => status === 401).length).toBeLessThanOrEqual(6)
  expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0)
  // The owner, who holds a token, does not notice.
  expect((await fetch(`${service.url}/user/profile`, { headers: bearer(user) })).status).toBe(200)
})

test('guessing API keys ends in 429', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 25; i++) {
    const headers = { 'x-api-key': `aisk_${String(i).padStart(43, 'x')}` }
    statuses.push((await fetch(`${service.url}/user/profile`, { headers })).status)
  }
  expect(statuses[0]).toBe(401)
  expect(statuses.at(-1)).toBe(429)
})

test('the fourth registration within an hour from one address is 429', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 4; i++) {
    const username = `reg${i}${Date.now()}`
    const body = { username, email: `${username}@example.com`, password: 'Str0ngPhrase!42' }
    statuses.push((await post(`${service.url}/auth/register`, body)).status)
  }
  expect(statuses.at(-1)).toBe(429)
})

test('a connection that says nothing, or one letter at a time, is closed', async () => {
  const { port, hostname } = new URL(service.url)
  const closedAfter = (drip: string) =>
    new Promise<number>((resolve, reject) => {
      const begun = performance.now()
      const socket = connect(Number(port), hostname, () => socket.write(drip))
      const timer = setInterval(() => socket.write('X'), 500)
      const late = setTimeout(() => reject(new Error('still open')), 40_000)
      socket.on('error', () => {})
      socket.on('data', () => {})
      socket.on('close', () => {
        clearInterval(timer)
        clearTimeout(late)
        resolve(performance.now() - begun)
      })
    })
  const times = await Promise.all(Array.from({ length: 50 }, () => closedAfter('GET /health HTTP/1.1\r\nX-Slow: ')))
  expect(Math.max(...times)).toBeLessThan(40_000)
  expect((await fetch(`${service.url}/health`)).status).toBe(200)
})
