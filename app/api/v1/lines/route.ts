import { created, handler } from '#lib/http/index.ts'
import { NewLine } from '#lib/lines/contract.ts'
import { createLine, listLines } from '#lib/lines/index.ts'

export const GET = handler({ access: 'user' }, async ({ actor }) => ({ lines: await listLines(actor) }))

export const POST = handler({ access: 'user', body: NewLine }, async ({ actor, body }) =>
  created(await createLine(actor, body)),
)
