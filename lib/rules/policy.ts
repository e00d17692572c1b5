import type { Actor } from '#lib/accounts/actor.ts'

export function canSeeRule(actor: Actor, rule: { userId: number }): boolean {
  return actor.userId === rule.userId
}
