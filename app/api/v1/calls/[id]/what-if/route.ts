import { WhatIfInput } from '#lib/calls/contract.ts'
import { askWhatIf } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const POST = handler(
  { access: 'user', scopes: ['calls:read'], limit: 'heavy', body: WhatIfInput },
  ({ actor, params, body }) => askWhatIf(actor, params.id ?? '', body),
)
