import { describe, expect, it } from 'vitest'
import { asking, bearer } from '../../test/asking.ts'
import type { Rule, RuleTestResult } from './contract.ts'

const { ask, newUser } = asking({ OLLAMA_HOST: 'http://127.0.0.1:9', RATE_LIMITS: 'off' })

async function someone() {
  const user = await newUser()
  const as = <T>(method: string, path: string, body?: unknown) =>
    ask(method, path, body, bearer(user.token)).then(answer => ({ ...answer, body: answer.json as unknown as T }))
  const add = async (rule: object) => (await as<Rule>('POST', '/api/v1/rules', rule)).body
  const test = async (callerNumber: string, more: object = {}) =>
    (await as<RuleTestResult>('POST', '/api/v1/rules/test', { callerNumber, ...more })).body
  return { ...user, as, add, test }
}

describe('rules', () => {
  it('are asked in order, and the order can be changed', async () => {
    const { add, as, test } = await someone()
    const first = await add({ caller: '+4930*', action: 'voicemail' })
    const second = await add({ caller: '*', action: 'block' })
    expect(await test('+49301234567')).toMatchObject({ action: 'voicemail', ruleId: first.id })
    expect(await test('+12025550100')).toMatchObject({ action: 'block', ruleId: second.id })
    expect((await as('PUT', '/api/v1/rules/order', { ids: [second.id, first.id] })).status).toBe(200)
    expect(await test('+49301234567')).toMatchObject({ action: 'block', ruleId: second.id })
    expect((await as('PUT', '/api/v1/rules/order', { ids: [second.id] })).status).toBe(409)
    expect((await as('PUT', '/api/v1/rules/order', { ids: [second.id, second.id] })).status).toBe(409)
    await as('PATCH', `/api/v1/rules/${second.id}`, { isEnabled: false })
    expect(await test('+12025550100')).toMatchObject({ action: null })
    await as('DELETE', `/api/v1/rules/${first.id}`)
    expect(((await as<{ rules: Rule[] }>('GET', '/api/v1/rules')).body.rules ?? []).map(({ id }) => id)).toEqual([
      second.id,
    ])
  })

  it('decide calls, at once, and in words', async () => {
    const { add, key } = await someone()
    const incoming = (call_id: string) =>
      ask(
        'POST',
        '/call/incoming',
        { call_id, caller_number: '+49301234567', called_number: '100' },
        { 'x-api-key': key },
      )
    const before = await incoming('a')
    expect((before.json as unknown as { action: string }).action).toBe('ask_question')
    await add({ caller: '+4930*', action: 'forward', destination: '100', name: 'Berlin' })
    expect((await incoming('b')).json).toMatchObject({ action: 'forward', message: 'Forwarding call to 100' })
  })

  it('put calls through only to where the line may', async () => {
    const { as } = await someone()
    expect((await as('POST', '/api/v1/rules', { action: 'forward', destination: '+19005550100' })).status).toBe(422)
    expect((await as('POST', '/api/v1/rules', { action: 'forward', destination: '100' })).status).toBe(201)
  })

  it.each([
    [{ action: 'explode' }],
    [{ action: 'block', caller: 'friends' }],
    [{ action: 'block', caller: '*49' }],
    [{ action: 'block', lineId: 999_999 }],
    [{ action: 'block', hours: [{ day: 0, from: '00:00', to: '24:00' }] }],
    [{ action: 'block', position: 1 }],
    [{}],
  ])('refuse %j', async rule => {
    const { as } = await someone()
    expect((await as('POST', '/api/v1/rules', rule)).status).toBe(422)
  })

  it('belong to one owner', async () => {
    const a = await someone()
    const b = await someone()
    const rule = await a.add({ action: 'block' })
    expect((await b.as('GET', `/api/v1/rules/${rule.id}`)).status).toBe(404)
    expect((await b.as('PATCH', `/api/v1/rules/${rule.id}`, { action: 'forward' })).status).toBe(404)
    expect((await b.as('DELETE', `/api/v1/rules/${rule.id}`)).status).toBe(404)
    expect(await b.test('+12025550100')).toMatchObject({ action: null })
  })
})
