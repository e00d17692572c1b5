import { handler } from '#lib/http/index.ts'
import { RuleOrder } from '#lib/rules/contract.ts'
import { orderRules } from '#lib/rules/index.ts'

export const PUT = handler({ access: 'user', body: RuleOrder }, async ({ actor, body }) => ({
  rules: await orderRules(actor, body.ids),
}))
