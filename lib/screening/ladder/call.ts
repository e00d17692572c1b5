import type { Action, Caller, Household, RungResult, Source, Turn } from '../contract.ts'

/** What every rung looks at. `at` is the call's instant: a rung has no clock of its own. */
export type Call = {
  household: Household
  caller: Caller
  source: Source
  at: number
  turns: readonly Turn[]
}

/** What a rung wants done. Destinations are checked against the allow-list afterwards, whoever asks. */
export type Verdict = {
  action: Action
  destination?: string | undefined
  question?: string | undefined
  expects?: 'speech' | 'number' | 'key_one'
}

export type Asked = { result: RungResult; verdict?: Verdict }
export type Rung = (call: Call) => Asked

export const passed = (rung: RungResult['rung'], reason: string): Asked => ({
  result: { rung, outcome: 'passed', reason },
})

export const skipped = (rung: RungResult['rung'], reason: string): Asked => ({
  result: { rung, outcome: 'skipped', reason },
})

export function hit(rung: RungResult['rung'], reason: string, verdict: Verdict, id?: number): Asked {
  return { result: { rung, outcome: 'hit', reason, ...(id === undefined ? {} : { id }) }, verdict }
}
