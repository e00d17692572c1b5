import type { Actor } from '#lib/accounts/actor.ts'
import type { RuleTest, RuleTestResult } from '#lib/rules/index.ts'
import { loadCaller, loadHousehold } from './household.ts'
import { climb } from './ladder/index.ts'

/** What rungs 1 to 6 would do with a call of this number; nothing is stored and no model is asked. */
export async function testRules(actor: Actor, test: RuleTest): Promise<RuleTestResult> {
  const at = test.at ? Date.parse(test.at) : Date.now()
  const household = await loadHousehold(actor.userId, test.calledNumber ?? '')
  const caller = await loadCaller(household, test.callerNumber, { at, wantsRecent: true })
  const { ladder, verdict } = climb({ household, caller, source: test.source, at, turns: [] })
  const last = ladder.at(-1)
  if (!verdict || !last) {
    return {
      action: null,
      destination: null,
      reason: 'No rule and nobody in People decides: the caller is heard.',
      ruleId: null,
      ladder,
    }
  }
  const destination =
    verdict.action === 'forward' ? (verdict.destination ?? household.line.destinations[0]?.target ?? null) : null
  return {
    action: verdict.action,
    destination,
    reason: last.reason,
    ruleId: last.rung === 'rules' ? (last.id ?? null) : null,
    ladder,
  }
}
