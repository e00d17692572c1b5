import type { z } from 'zod'
import type { Actor, Scope } from '#lib/accounts/actor.ts'

/**
 * How one route is reached. Everything that is the same on every route is decided here: size and type of the body,
 * who is asking, how often, what an error looks like.
 */
export type RouteOptions<Body extends z.ZodType, Query extends z.ZodType> = {
  /** `optional`: no credentials are fine, wrong ones are 401. `admin`: members get 403. */
  access: 'public' | 'optional' | 'user' | 'admin'
  /** API-key scopes that are enough besides `all`. Without it only `all` keys, sessions and tokens get in. */
  scopes?: Scope[]
  /** Error shape: `{"detail"}` on the eight compatible endpoints, RFC 9457 problem+json elsewhere. Default `problem`. */
  errors?: 'compatible' | 'problem'
  /** Tokens of the first service (no session id) are accepted. Only the eight compatible endpoints set it. */
  acceptsOldTokens?: boolean
  body?: Body
  query?: Query
  /** A limit of lib/http/limits.ts, counted by address or by user as that limit says. */
  limit?: string
}

export type RouteContext<Body extends z.ZodType, Query extends z.ZodType, Access> = {
  request: Request
  actor: Access extends 'user' | 'admin' ? Actor : Actor | null
  /** Parts of the path, decoded: `{ id: '12' }`. */
  params: Record<string, string>
  body: z.output<Body>
  query: z.output<Query>
  /** The client's address behind trusted proxies. */
  address: string
}

export type Route = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>
