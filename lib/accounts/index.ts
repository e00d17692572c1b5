export { openSealed, seal } from '../secrets.ts'
export type { Actor, Scope } from './actor.ts'
export { findActor, isSessionLive, requireActor, systemActor } from './identity.ts'
export { onSessionEnded, type SessionEnded } from './live.ts'
