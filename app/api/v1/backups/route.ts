import { StartBackup } from '#lib/backup/contract.ts'
import { listBackups, startBackup } from '#lib/backup/index.ts'
import { handler, jsonHeaders } from '#lib/http/index.ts'

export const GET = handler({ access: 'admin' }, ({ actor }) => listBackups(actor))

export const POST = handler({ access: 'admin', limit: 'heavy', body: StartBackup }, async ({ actor, body }) =>
  Response.json(await startBackup(actor, body), { status: 202, headers: jsonHeaders }),
)
