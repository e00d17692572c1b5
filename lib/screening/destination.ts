import type { HouseholdDestination, HouseholdLine } from './contract.ts'

/**
 * A destination as somebody names it, looked up on the line's allow-list: its target, its label in any case, or its place
 * (1 is the first). null when it is not on the list, whoever asks.
 */
export function findDestination(line: HouseholdLine, wanted: string | number): HouseholdDestination | null {
  const { destinations } = line
  const name = String(wanted).trim().toLowerCase()
  if (!name) return null
  const named = destinations.find(({ target, label }) => target.toLowerCase() === name || label.toLowerCase() === name)
  if (named) return named
  return /^[1-9]\d?$/.test(name) && typeof wanted === 'number' ? (destinations[wanted - 1] ?? null) : null
}
