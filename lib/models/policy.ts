import type { Actor } from '#lib/accounts/actor.ts'

/** Models cost disk and memory of the whole house. */
export function canManageModels(actor: Pick<Actor, 'role'>): boolean {
  return actor.role === 'admin'
}
