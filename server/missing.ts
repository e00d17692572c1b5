import type { ServerResponse } from 'node:http'
import { AppError } from '#lib/errors.ts'
import { errorResponse } from '#lib/http/index.ts'

const nextAuth = /^\/api\/auth(\/|$)/
const api = /^\/api(\/|$)/
/** Where the first service's endpoints live, and no page does. */
const compatible = /^\/(auth|call|user|health)(\/|$)/

/**
 * An address that no route file answers, but where only programs ask: they get their error shape. A person who typed it
 * (a browser names text/html) gets the page that says so.
 */
export function isForPrograms(path: string, accept: string | undefined): boolean {
  if (nextAuth.test(path)) return false
  return (api.test(path) || compatible.test(path)) && !path.endsWith('/') && !accept?.includes('text/html')
}

/** 404, as the routes beside it would say it. */
export async function sendMissing(path: string, method: string | undefined, outgoing: ServerResponse): Promise<void> {
  const answer = errorResponse(new AppError('not_found', 'Not found'), api.test(path) ? 'problem' : 'compatible')
  const body = Buffer.from(await answer.arrayBuffer())
  outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'content-length': body.byteLength })
  outgoing.end(method === 'HEAD' ? undefined : body)
}
