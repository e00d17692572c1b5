import { handler } from '#lib/http/index.ts'
import { RuleTest } from '#lib/rules/contract.ts'
import { testRules } from '#lib/screening/index.ts'

export const POST = handler({ access: 'user', body: RuleTest }, ({ actor, body }) => testRules(actor, body))
