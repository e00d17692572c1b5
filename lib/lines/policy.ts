import type { Actor } from '#lib/accounts/actor.ts'
import { AppError } from '#lib/errors.ts'
import { forbiddenTarget, isExternalNumber } from '#lib/phone-number.ts'
import type { Destination } from './contract.ts'

export function canSeeLine(actor: Actor, line: { userId: number }): boolean {
  return actor.userId === line.userId
}

export function canAddExternalDestination(actor: Actor): boolean {
  return actor.role === 'admin'
}

/**
 * What may stand on an allow-list. External numbers that were there already may stay: an administrator put them there.
 * Throws with a sentence that names the target.
 */
export function checkDestinations(
  actor: Actor,
  wanted: readonly Destination[],
  before: readonly { target: string }[],
  country: string,
): void {
  const seen = new Set<string>()
  for (const { target } of wanted) {
    if (seen.has(target)) throw new AppError('invalid', `The destination ${target} is on the list twice.`)
    seen.add(target)
    const why = forbiddenTarget(target, country)
    if (why) throw new AppError('invalid', why)
    const isNew = !before.some(known => known.target === target)
    if (isNew && isExternalNumber(target) && !canAddExternalDestination(actor)) {
      throw new AppError('forbidden', `Only an administrator can add the external number ${target} as a destination.`)
    }
  }
}
