import { accountEntries } from './accounts.ts'
import { administrationEntries } from './administration.ts'
import { callEntries } from './calls.ts'
import type { Entry } from './entry.ts'
import { householdEntries } from './household.ts'
import { modelEntries } from './models.ts'
import { notificationEntries, serviceEntries } from './service.ts'

/** Every method of every path, in the order in which a stranger meets them. */
export const catalogue: readonly Entry[] = [
  ...accountEntries.filter(({ tag }) => tag === 'Sign-in'),
  ...callEntries,
  ...householdEntries,
  ...notificationEntries,
  ...accountEntries.filter(({ tag }) => tag !== 'Sign-in'),
  ...administrationEntries,
  ...modelEntries,
  ...serviceEntries,
]
