import { removeBackup } from '#lib/backup/index.ts'
import { handler } from '#lib/http/index.ts'

export const DELETE = handler({ access: 'admin' }, ({ actor, params }) => removeBackup(actor, params.name ?? ''))
