import { CallPatch } from '#lib/calls/contract.ts'
import { changeCall, deleteCall, findCallDetail } from '#lib/calls/index.ts'
import { handler, noContent } from '#lib/http/index.ts'

export const GET = handler({ access: 'user', scopes: ['calls:read'] }, ({ actor, params }) =>
  findCallDetail(actor, params.id ?? ''),
)

export const PATCH = handler({ access: 'user', scopes: ['calls:write'], body: CallPatch }, ({ actor, params, body }) =>
  changeCall(actor, params.id ?? '', body),
)

export const DELETE = handler({ access: 'user', scopes: ['calls:write'] }, async ({ actor, params }) => {
  await deleteCall(actor, params.id ?? '')
  return noContent()
})
