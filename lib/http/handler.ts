import type { z } from 'zod'
import type { Actor, Scope } from '#lib/accounts/actor.ts'
import { findActor } from '#lib/accounts/index.ts'
import { AppError, isAppError } from '../errors.ts'
import { clientAddress } from './address.ts'
import { readBody } from './body.ts'
import { corsHeaders, isSameOrigin } from './cors.ts'
import { type ErrorShape, errorResponse, jsonHeaders } from './errors.ts'
import { refuseInvalid } from './invalid.ts'
import { consume, isCountedByUser, type LimitName } from './limits.ts'
import { checkText } from './value.ts'

export type Access = 'public' | 'optional' | 'user' | 'admin'

/**
 * How one route is reached. Everything that is the same on every route is decided here: size and type of the body,
 * who is asking, how often, what an error looks like.
 */
export type RouteOptions<Who extends Access, Body extends z.ZodType, Query extends z.ZodType> = {
  /** `optional`: no credentials are fine, wrong ones are 401. `admin`: members get 403. */
  access: Who
  /** API-key scopes that are enough besides `all`. Without it only `all` keys, sessions and tokens get in. */
  scopes?: Scope[]
  /** Error shape: `{"detail"}` on the eight compatible endpoints, RFC 9457 problem+json elsewhere. Default `problem`. */
  errors?: ErrorShape
  /** Tokens of the first service (no session id) are accepted. Only the eight compatible endpoints set it. */
  acceptsOldTokens?: boolean
  body?: Body
  query?: Query
  /** A limit of lib/http/limits.ts, counted by address or by user as that limit says. */
  limit?: LimitName
  /** For somebody who reached a limit by user: whether this was asked before, and is only to be answered again. */
  isRepeat?(actor: Actor, body: z.output<Body>): Promise<boolean>
}

export type RouteContext<Who extends Access, Body extends z.ZodType, Query extends z.ZodType> = {
  request: Request
  actor: Who extends 'user' | 'admin' ? Actor : Actor | null
  /** Parts of the path, decoded: `{ id: '12' }`. */
  params: Record<string, string>
  body: z.output<Body>
  query: z.output<Query>
  /** The client's address behind trusted proxies. */
  address: string
}

// Next types the second argument of a route by its folder; both its shape and a plain object fit here.
export type Route = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>

/** What `handler` made of its options, for the tests and the documentation that walk every route. */
export type RouteMark = Pick<
  RouteOptions<Access, z.ZodType, z.ZodType>,
  'access' | 'scopes' | 'errors' | 'acceptsOldTokens' | 'limit' | 'body' | 'query'
>

const mark = Symbol.for('ai-call-service.route')

/** The options of a route that `handler` made, or null. */
export function optionsOf(route: unknown): RouteMark | null {
  return ((route as Record<symbol, RouteMark> | null)?.[mark] ?? null) as RouteMark | null
}

/**
 * Makes a route. `run` returns a plain value (200 and JSON), `created(value)`, `noContent()`, or a Response of its own.
 * The order is: limit by address, credentials, access, limit by user, query, body, run. A limit by user that is reached
 * lets the body be read only where the route can tell a repeated question.
 */
export function handler<
  const Who extends Access,
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
>(options: RouteOptions<Who, Body, Query>, run: (context: RouteContext<Who, Body, Query>) => unknown): Route {
  const shape = options.errors ?? 'problem'

  async function answer(request: Request, context?: { params: Promise<Record<string, string>> }): Promise<Response> {
    const address = clientAddress(request)
    if (options.limit && !isCountedByUser(options.limit)) await consume(options.limit, { address })
    const actor = options.access === 'public' ? null : await admit(request, address, options)
    const refused = await countUse(options.limit, address, actor)
    if (refused && !(actor && options.isRepeat)) throw refused
    const params = context ? await context.params : {}
    for (const name in params) checkText(String(params[name]))
    const query = options.query ? readQuery(request.url, options.query) : undefined
    const body = options.body ? await readBody(request, options.body) : undefined
    if (refused && !(await options.isRepeat!(actor!, body as z.output<Body>))) throw refused
    return toResponse(await run({ request, actor, params, body, query, address } as RouteContext<Who, Body, Query>))
  }

  const route: Route = async (request, context) => {
    let response: Response
    try {
      response = await answer(request, context)
    } catch (error) {
      response = errorResponse(error, shape)
    }
    const cors = request.headers.has('origin') ? corsHeaders(request) : null
    if (cors) for (const name in cors) response.headers.set(name, cors[name]!)
    return response
  }
  return Object.assign(route, { [mark]: options })
}

/** Counts a use by user; the refusal is returned, because an answer that was lost may be asked for again. */
async function countUse(limit: LimitName | undefined, address: string, actor: Actor | null): Promise<AppError | null> {
  if (!limit || !isCountedByUser(limit)) return null
  try {
    await consume(limit, { address, ...(actor ? { userId: actor.userId } : {}) })
    return null
  } catch (error) {
    if (isAppError(error) && error.code === 'rate_limited') return error
    throw error
  }
}

const needed = 'Authentication required'

/** Who is asking, if this route lets them in. */
async function admit(
  request: Request,
  address: string,
  { access, scopes, acceptsOldTokens = false }: Omit<RouteOptions<Access, z.ZodType, z.ZodType>, 'body' | 'query'>,
): Promise<Actor | null> {
  const actor = await identify(request, address, acceptsOldTokens)
  if (!actor) {
    if (access === 'optional') return null
    throw new AppError('unauthenticated', needed)
  }
  if (actor.via === 'session' && !isSafe(request.method) && !isSameOrigin(request)) {
    throw new AppError('forbidden', 'This request did not come from a page of this service.')
  }
  const { scopes: held } = actor
  if (!held.includes('all') && !scopes?.some(scope => held.includes(scope))) {
    throw new AppError('forbidden', 'This API key may not do that.')
  }
  if (access === 'admin' && actor.role !== 'admin')
    throw new AppError('forbidden', 'Only an administrator may do that.')
  return actor
}

async function identify(request: Request, address: string, acceptsOldTokens: boolean): Promise<Actor | null> {
  try {
    return await findActor(request, { acceptsOldTokens })
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated' && request.headers.has('x-api-key')) {
      await consume('wrong_keys', { address })
    }
    throw error
  }
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

function readQuery<Query extends z.ZodType>(url: string, schema: Query): z.output<Query> {
  const value: Record<string, string> = {}
  const at = url.indexOf('?')
  if (at >= 0) {
    for (const [name, text] of new URLSearchParams(url.slice(at + 1))) {
      checkText(text)
      value[name] = text
    }
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : refuseInvalid(parsed.error, value)
}

/** 201 with the new thing. */
export function created(value: unknown): Response {
  return Response.json(value, { status: 201, headers: jsonHeaders })
}

/** 204: done, and there is nothing to say. */
export function noContent(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}

/** The number in a path such as `/people/12`; everything that no row can have is simply not found. */
export function rowId(text: string | undefined, sentence = 'Not found'): number {
  const id = text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(id)) throw new AppError('not_found', sentence)
  return id
}

function toResponse(value: unknown): Response {
  if (value instanceof Response) return value
  // `Response.json` copies its headers into an object that costs more than many a route.
  return value === undefined ? noContent() : new Response(JSON.stringify(value), { headers: jsonHeaders })
}
