import { created, handler } from '#lib/http/index.ts'
import { NewRule } from '#lib/rules/contract.ts'
import { createRule, listRules } from '#lib/rules/index.ts'

export const GET = handler({ access: 'user' }, async ({ actor }) => ({ rules: await listRules(actor) }))

export const POST = handler({ access: 'user', body: NewRule }, async ({ actor, body }) =>
  created(await createRule(actor, body)),
)
