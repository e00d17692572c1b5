export { clientAddress, isFromTrustedProxy } from './address.ts'
export { readBytes } from './body.ts'
export { clientOf, isSecure, publicOrigin } from './client.ts'
export { corsHeaders, isSameOrigin, originOf, preflight } from './cors.ts'
export { dispatch, type RouteFile } from './dispatch.ts'
export { type ErrorShape, errorResponse, jsonHeaders } from './errors.ts'
export {
  type Access,
  created,
  handler,
  noContent,
  optionsOf,
  type Route,
  type RouteContext,
  type RouteMark,
  type RouteOptions,
  rowId,
} from './handler.ts'
export { areLimitsOn, consume, forgetCounts, type LimitName, takePlace } from './limits.ts'
export { peerOf, withPeer } from './peer.ts'
export { refuseForeignPage, signedIn } from './sign-in.ts'
export { streamed } from './stream.ts'
