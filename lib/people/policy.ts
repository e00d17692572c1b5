import type { Actor } from '#lib/accounts/actor.ts'

export function canSeePerson(actor: Actor, person: { userId: number }): boolean {
  return actor.userId === person.userId
}
