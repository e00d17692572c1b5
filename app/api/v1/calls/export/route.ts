import { CallExportQuery } from '#lib/calls/contract.ts'
import { exportCalls } from '#lib/calls/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler(
  { access: 'user', scopes: ['calls:read'], limit: 'heavy', query: CallExportQuery },
  ({ actor, query }) => exportCalls(actor, query),
)
