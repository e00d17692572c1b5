import { once } from './once.ts'

/**
 * Lines, people and rules are read on every call and written seldom. Who writes them touches the household; who keeps a
 * copy compares the version. Other processes notice by the short life of their copies.
 */
const versions = () => once('household-versions', () => new Map<number, number>())

export function householdVersion(userId: number): number {
  return versions().get(userId) ?? 0
}

export function touchHousehold(userId: number): void {
  versions().set(userId, householdVersion(userId) + 1)
}
