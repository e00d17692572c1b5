import type { Actor } from '../accounts/actor.ts'

export const canManageBackups = (actor: Actor) => actor.role === 'admin'
