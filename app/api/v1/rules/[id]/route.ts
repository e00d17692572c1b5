import { handler, noContent, rowId } from '#lib/http/index.ts'
import { RuleChange } from '#lib/rules/contract.ts'
import { changeRule, getRule, removeRule } from '#lib/rules/index.ts'

const absent = 'There is no such rule.'

export const GET = handler({ access: 'user' }, ({ actor, params }) => getRule(actor, rowId(params.id, absent)))

export const PATCH = handler({ access: 'user', body: RuleChange }, ({ actor, params, body }) =>
  changeRule(actor, rowId(params.id, absent), body),
)

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await removeRule(actor, rowId(params.id, absent))
  return noContent()
})
