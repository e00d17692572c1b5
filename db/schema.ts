import type { Kit } from './kit.ts'
import { defineAccounts } from './tables/accounts.ts'
import { defineCalls } from './tables/calls.ts'
import { defineHousehold } from './tables/household.ts'
import { defineService } from './tables/service.ts'

export type { OpenHours } from './tables/household.ts'

/**
 * Every table, once, for both dialects. `users` and `call_history` keep the names and columns of the first service,
 * so that its documented SQL works as written. Instants are text (lib/instant.ts), flags are integers 0 and 1.
 * "call" columns hold call_history.id; "call_id" is the caller's own word for the call.
 */
export function define(kit: Kit) {
  const accounts = defineAccounts(kit)
  const household = defineHousehold(kit, accounts)
  const calls = defineCalls(kit, { ...accounts, ...household })
  return { ...accounts, ...household, ...calls, ...defineService(kit, accounts) }
}

export type Tables = ReturnType<typeof define>
