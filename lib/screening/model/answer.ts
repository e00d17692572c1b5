import type { Facts } from '../contract.ts'
import type { Suggestion } from '../policy.ts'

/** What was read out of a model's text; everything in it has been checked against what the caller said. */
export type ModelAnswer = {
  facts: Partial<Facts>
  suggestion: Suggestion | null
  /** A sentence for the caller, without digits that the caller did not say. */
  say?: string
}
