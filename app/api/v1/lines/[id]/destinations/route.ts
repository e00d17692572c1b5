import { created, handler, rowId } from '#lib/http/index.ts'
import { Destination } from '#lib/lines/contract.ts'
import { addExternalDestination } from '#lib/lines/index.ts'

/** An administrator adds an external number to anybody's line. */
export const POST = handler({ access: 'admin', body: Destination }, async ({ actor, params, body }) =>
  created(await addExternalDestination(actor, rowId(params.id, 'There is no such line.'), body)),
)
