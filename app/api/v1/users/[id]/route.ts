import { UserChange } from '#lib/accounts/contract.ts'
import { changeUser, deleteUserAs } from '#lib/accounts/index.ts'
import { handler, rowId } from '#lib/http/index.ts'

export const PATCH = handler({ access: 'admin', body: UserChange }, ({ actor, params, body }) =>
  changeUser(actor, rowId(params.id), body),
)

export const DELETE = handler({ access: 'admin' }, async ({ actor, params }) => {
  await deleteUserAs(actor, rowId(params.id))
})
