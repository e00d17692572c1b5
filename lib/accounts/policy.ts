import type { Actor } from './actor.ts'

/** Keys are made and revoked by people who signed in, so that a stolen key cannot outlive its own revocation. */
export function canManageKeys(actor: Actor): boolean {
  return actor.via === 'session' || actor.via === 'token'
}

/** Passwords, second factors and the account itself are changed by people who signed in. */
export function canManageAccount(actor: Actor): boolean {
  return actor.via === 'session' || actor.via === 'token'
}

export function canManageUsers(actor: Actor): boolean {
  return actor.role === 'admin' && (actor.via === 'session' || actor.via === 'token' || actor.via === 'key')
}
