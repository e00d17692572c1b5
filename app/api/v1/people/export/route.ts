import { handler } from '#lib/http/index.ts'
import { exportPeople } from '#lib/people/index.ts'

export const GET = handler(
  { access: 'user', limit: 'heavy' },
  ({ actor }) =>
    new Response(exportPeople(actor), {
      headers: {
        'content-type': 'text/vcard; charset=utf-8',
        'content-disposition': 'attachment; filename="people.vcf"',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    }),
)
