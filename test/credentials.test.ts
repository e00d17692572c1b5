import { createHmac } from 'node:crypto'
import { beforeAll, describe, it } from 'vitest'
import { asking, bearer, jwtSecret, type Person } from './asking.ts'
import { expectRefusal, sendTo } from './refusal.ts'

const { newUser, web } = asking()
let user: Person
beforeAll(async () => {
  user = await newUser('malformed')
})
const send = (method: string, path: string, body?: BodyInit, headers?: Record<string, string>) =>
  sendTo(web().url, method, path, body, headers)

describe('credentials', () => {
  const inS = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
  const sign = (claims: object, key = jwtSecret, hash = 'sha256') => {
    const signed = `${part({ alg: hash === 'sha256' ? 'HS256' : 'HS512', typ: 'JWT' })}.${part(claims)}`
    return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`
  }
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = () => ({ user_id: user.id, username: user.name, exp: inS(600) })
  const swapped = (header: object) => `${part(header)}.${sign(claims()).split('.').slice(1).join('.')}`

  const tokens: [string, () => string][] = [
    ['alg none', () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`],
    ['alg NONE in capitals', () => `${part({ alg: 'NONE' })}.${part(claims())}.`],
    ['no signature', () => `${part({ alg: 'HS256' })}.${part(claims())}.`],
    ['another algorithm', () => sign(claims(), jwtSecret, 'sha512')],
    ['a header that was changed', () => swapped({ alg: 'HS256', typ: 'JWT', kid: '../../etc/passwd' })],
    ['RS256 in the header', () => swapped({ alg: 'RS256' })],
    ['a foreign key', () => sign(claims(), 'z'.repeat(40))],
    ['an end in the past', () => sign({ ...claims(), exp: inS(-60) })],
    ['no end', () => sign({ user_id: user.id, username: user.name })],
    ['an end that is a text', () => sign({ ...claims(), exp: String(inS(600)) })],
    ['an end far away', () => sign({ ...claims(), exp: 4e9 })],
    ['an end that is true', () => sign({ ...claims(), exp: true })],
    ['an end that is not a number', () => sign({ ...claims(), exp: null })],
    ['user_id true', () => sign({ ...claims(), user_id: true })],
    ['user_id null', () => sign({ ...claims(), user_id: null })],
    ['user_id a list', () => sign({ ...claims(), user_id: [user.id] })],
    ['user_id a text', () => sign({ ...claims(), user_id: `${user.id}` })],
    ['user_id of SQL', () => sign({ ...claims(), user_id: '1 OR 1=1' })],
    ['user_id zero', () => sign({ ...claims(), user_id: 0 })],
    ['user_id negative', () => sign({ ...claims(), user_id: -1 })],
    ['user_id beyond all ids', () => sign({ ...claims(), user_id: 2 ** 60 })],
    ["nobody's user_id", () => sign({ ...claims(), user_id: 999_999_999 })],
    ['no user_id', () => sign({ username: user.name, exp: inS(60) })],
    ['username a number', () => sign({ ...claims(), username: 5 })],
    ['a session id of SQL', () => sign({ ...claims(), sid: "' OR '1'='1" })],
    ['claims that are a list', () => `${part({ alg: 'HS256' })}.${part([1])}.x`],
    ['two dots only', () => '..'],
    ['five parts', () => 'a.b.c.d.e'],
    ['no base64', () => '!!!.???.###'],
    ['a cut end', () => user.token.slice(0, -2)],
    ['a long tail', () => `${user.token}AAAA`],
    ['a megabyte less', () => 'a'.repeat(8_000)],
    ['an API key', () => user.key],
  ]

  it.each(tokens)('with %s are refused', async (_, make) => {
    expectRefusal(await send('GET', '/user/profile', undefined, bearer(make())), [401])
  })

  it.each<[string, () => Record<string, string>]>([
    ['an empty bearer', () => ({ authorization: 'Bearer ' })],
    ['only the scheme', () => ({ authorization: 'Bearer' })],
    ['two tokens', () => ({ authorization: `Bearer ${user.token} ${user.token}` })],
    ['a basic scheme', () => ({ authorization: `Basic ${Buffer.from('a:b').toString('base64')}` })],
    ['a digest scheme', () => ({ authorization: 'Digest username="x"' })],
    ['a key that is too short', () => ({ 'x-api-key': user.key.slice(0, -1) })],
    ['a key that is too long', () => ({ 'x-api-key': `${user.key}x` })],
    ['a key in other case', () => ({ 'x-api-key': user.key.toUpperCase() })],
    ['a key of SQL', () => ({ 'x-api-key': "' OR 1=1 --" })],
    ['an empty key', () => ({ 'x-api-key': '', authorization: 'x' })],
    ['a key as bearer', () => bearer(user.key)],
    ['a token as key', () => ({ 'x-api-key': user.token })],
    ['a cookie of nonsense', () => ({ cookie: 'authjs.session-token=x' })],
    ['a cookie with a token in it', () => ({ cookie: `authjs.session-token=${user.token}` })],
    ['a thousand cookies', () => ({ cookie: 'authjs.session-token=x; '.repeat(300) })],
  ])('that are %s are refused', async (_, make) => {
    expectRefusal(await send('GET', '/user/profile', undefined, make()), [401])
  })
})
