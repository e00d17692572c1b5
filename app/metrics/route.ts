import { AppError } from '#lib/errors.ts'
import { metrics } from '#lib/health/metrics.ts'
import { handler, peerOf } from '#lib/http/index.ts'

/** For Prometheus on the same machine, and for administrators from anywhere. */
export const GET = handler({ access: 'optional' }, async ({ request, actor }) => {
  if (actor?.role !== 'admin' && !isAskedHere(request)) throw new AppError('not_found', 'Not found')
  const { registry } = metrics()
  return new Response(await registry.metrics(), {
    headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
  })
})

/** Asked on this machine under its own name: a proxy that forwards from outside names another host, or says for whom it asks. */
function isAskedHere(request: Request): boolean {
  if (!/^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(peerOf(request))) return false
  if (['x-real-ip', 'x-forwarded-for', 'forwarded'].some(name => request.headers.has(name))) return false
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(request.headers.get('host') ?? '')
}
