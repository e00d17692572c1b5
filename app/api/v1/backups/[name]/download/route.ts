import { DownloadBackup } from '#lib/backup/contract.ts'
import { downloadBackup } from '#lib/backup/index.ts'
import { handler } from '#lib/http/index.ts'

export const POST = handler({ access: 'admin', limit: 'password', body: DownloadBackup }, ({ actor, params, body }) =>
  downloadBackup(actor, params.name ?? '', body.password),
)
