import { AppError } from '../errors.ts'
import { corsHeaders, preflight } from './cors.ts'
import { errorResponse } from './errors.ts'
import { optionsOf, type Route } from './handler.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The exports of a route file. */
export type RouteFile = Partial<Record<string, unknown>>

/**
 * Answers a request with a route file: HEAD by GET without its body, OPTIONS for every route, 405 with Allow for a
 * method that the file does not export. `params` are the decoded parts of the path.
 */
export async function dispatch(
  file: RouteFile,
  request: Request,
  params: Record<string, string> = {},
): Promise<Response> {
  const context = { params: Promise.resolve(params) }
  const route = file[request.method]
  if (isRoute(route) && request.method !== 'OPTIONS') return route(request, context)
  if (request.method === 'HEAD' && isRoute(file.GET)) return withoutBody(await file.GET(request, context))
  const allowed = methodsOf(file)
  if (request.method === 'OPTIONS') return preflight(request, allowed)
  const shape = optionsOf(allowed.map(method => file[method]).find(isRoute))?.errors ?? 'problem'
  const response = errorResponse(new AppError('method_not_allowed', 'Method not allowed'), shape)
  response.headers.set('allow', allowed.join(', '))
  const cors = corsHeaders(request)
  if (cors) for (const name in cors) response.headers.set(name, cors[name]!)
  return response
}

function methodsOf(file: RouteFile): string[] {
  const found = methods.filter(method => isRoute(file[method]) || (method === 'HEAD' && isRoute(file.GET)))
  return [...found, 'OPTIONS']
}

const isRoute = (value: unknown): value is Route => typeof value === 'function'

function withoutBody(response: Response): Response {
  void response.body?.cancel().catch(() => {})
  return new Response(null, { status: response.status, headers: response.headers })
}
