import { handler } from '#lib/http/index.ts'
import { docsPage } from '#lib/openapi/index.ts'

export const GET = handler({ access: 'public' }, () => docsPage())
