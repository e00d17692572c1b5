import type { RungResult } from '../contract.ts'
import { askBlockList } from './block-list.ts'
import type { Call, Verdict } from './call.ts'
import { askEmergency } from './emergency.ts'
import { askHours } from './hours.ts'
import { askPeople } from './people.ts'
import { askPersistent } from './persistent.ts'
import { askRules } from './rules.ts'

export type { Call, Verdict } from './call.ts'
export { ruleSentence } from './rules.ts'

const rungs = [askEmergency, askRules, askPeople, askBlockList, askPersistent, askHours] as const

/** Rungs 1 to 6, before anybody picks up; the first that hits decides. Pure: no clock, no database, no model. */
export function climb(call: Call): { ladder: RungResult[]; verdict: Verdict | null } {
  const ladder: RungResult[] = []
  for (const ask of rungs) {
    const { result, verdict } = ask(call)
    ladder.push(result)
    if (verdict) return { ladder, verdict }
  }
  return { ladder, verdict: null }
}
