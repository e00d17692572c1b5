import { handler, noContent, rowId } from '#lib/http/index.ts'
import { LineChange } from '#lib/lines/contract.ts'
import { changeLine, getLine, removeLine } from '#lib/lines/index.ts'

const absent = 'There is no such line.'

export const GET = handler({ access: 'user' }, ({ actor, params }) => getLine(actor, rowId(params.id, absent)))

export const PATCH = handler({ access: 'user', body: LineChange }, ({ actor, params, body }) =>
  changeLine(actor, rowId(params.id, absent), body),
)

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await removeLine(actor, rowId(params.id, absent))
  return noContent()
})
