import type { Actor } from '#lib/accounts/actor.ts'

/** Only an administrator may have the service call addresses inside the house: anybody else could use it to look around. */
export function canReachPrivateNetwork(actor: Pick<Actor, 'role'>): boolean {
  return actor.role === 'admin'
}
