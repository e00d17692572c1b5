import { sqliteKit } from './kit.ts'
import { define } from './schema.ts'

export const {
  users,
  apiKeys,
  sessions,
  refreshTokens,
  tickets,
  passkeys,
  lines,
  lineNumbers,
  destinations,
  people,
  personNumbers,
  rules,
  blockedNumbers,
  callHistory,
  callEvents,
  callCommands,
  recordings,
  pushSubscriptions,
  webhooks,
  webhookDeliveries,
  auditLog,
  settings,
  agents,
  evalCases,
} = define(sqliteKit)
