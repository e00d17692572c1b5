import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { countRequest } from '#lib/health/metrics.ts'
import { dispatch, withPeer } from '#lib/http/index.ts'
import { log } from '#lib/log.ts'
import type { Match } from './routes.ts'

/** Answers one request with a route file, the way Next would, in a tenth of the time. */
export type FastLane = (match: Match, incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

const matched = Symbol('match')
type Matched = IncomingMessage & { [matched]?: Match }

/** Requests are the adapter's lazy `Request`; the peer's address travels beside it, where no client can forge it. */
export function createFastLane(): FastLane {
  const listener = getRequestListener(
    (request, env) => {
      const incoming = env.incoming as Matched
      const { route, params } = incoming[matched]!
      return dispatch(route, withPeer(request, incoming.socket.remoteAddress ?? '', incoming), params)
    },
    { errorHandler: problem },
  )
  return async (match, incoming, outgoing) => {
    const withMatch: Matched = incoming
    withMatch[matched] = match
    await listener(incoming, outgoing)
    countRequest(match.pattern, incoming.method!, outgoing.statusCode)
  }
}

/** An address or Host that cannot be read is the client's fault; anything else is ours, and is not shown. */
function problem(error: unknown): Response {
  if (error instanceof Error && error.name === 'RequestError')
    return Response.json({ detail: 'The address of the request is not valid.' }, { status: 400 })
  log.error({ err: error }, 'a route failed')
  return Response.json({ detail: 'Something went wrong on our side.' }, { status: 500 })
}
