import { handler, noContent, rowId } from '#lib/http/index.ts'
import { PersonChange } from '#lib/people/contract.ts'
import { changePerson, getPerson, removePerson } from '#lib/people/index.ts'

const absent = 'There is no such person.'

export const GET = handler({ access: 'user' }, ({ actor, params }) => getPerson(actor, rowId(params.id, absent)))

export const PATCH = handler({ access: 'user', body: PersonChange }, ({ actor, params, body }) =>
  changePerson(actor, rowId(params.id, absent), body),
)

export const DELETE = handler({ access: 'user' }, async ({ actor, params }) => {
  await removePerson(actor, rowId(params.id, absent))
  return noContent()
})
