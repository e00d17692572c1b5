import { handler } from '#lib/http/index.ts'
import { openApiDocument } from '#lib/openapi/index.ts'

export const GET = handler({ access: 'public' }, () => openApiDocument())
