import { phase } from '#lib/health/index.ts'
import { handler } from '#lib/http/index.ts'

/** For load balancers and process managers: 503 while starting and while draining. */
export const GET = handler({ access: 'public' }, async () => {
  const now = phase()
  return Response.json({ ready: now === 'running', phase: now }, { status: now === 'running' ? 200 : 503 })
})
