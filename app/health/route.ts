import { currentHealthJson } from '#lib/health/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'public', errors: 'compatible' }, async () => {
  return new Response(await currentHealthJson(), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
})
