import { handler } from '#lib/http/index.ts'
import { listModels } from '#lib/models/index.ts'

export const GET = handler({ access: 'admin' }, ({ actor }) => listModels(actor))
