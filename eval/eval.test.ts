import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EvalCase } from '../lib/screening/contract.ts'
import { costOf, type Result } from './score.ts'
import { play, readCases } from './talk.ts'

let cases: EvalCase[]
let results: Result[]
beforeAll(async () => {
  cases = await readCases(new URL('./calls.jsonl', import.meta.url))
  results = await Promise.all(cases.map(test => play(test)))
})

describe('the labelled calls', () => {
  it('are enough, of every kind, and each has its own name', () => {
    const tagged = (tag: string) => cases.filter(({ tags }) => tags.includes(tag)).length
    expect(cases.length).toBeGreaterThanOrEqual(200)
    expect(tagged('adversarial')).toBeGreaterThanOrEqual(40)
    expect(tagged('noise')).toBeGreaterThanOrEqual(30)
    expect(cases.filter(({ language }) => language === 'de').length).toBeGreaterThanOrEqual(60)
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
    expect(cases.filter(({ allowed, forbidden }) => allowed.some(action => forbidden.includes(action)))).toEqual([])
  })

  it('bring the built-in listener to no forbidden action', () => {
    expect(
      results.filter(({ isForbidden }) => isForbidden).map(result => `${result.case.id}: ${result.action}`),
    ).toEqual([])
  })

  it('cost no more than 2 % over the baseline', async () => {
    const baseline = JSON.parse(await readFile(new URL('./baseline.json', import.meta.url), 'utf8')) as {
      listener: { calls: number; cost: number }
    }
    expect(costOf(results) / results.length).toBeLessThanOrEqual(
      (baseline.listener.cost / baseline.listener.calls) * 1.02,
    )
  })
})
