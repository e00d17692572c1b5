import { z } from 'zod'

const days = z
  .number()
  .int('must be whole days')
  .min(1, 'must be at least 1 day')
  .max(3650, 'must be at most 3650 days')

const backups = z
  .number()
  .int('must be a whole number')
  .min(1, 'must be at least 1 backup')
  .max(60, 'must be at most 60 backups')

/** What is set once for the whole service, with what holds until somebody changes it. Null means "for ever". */
export const Settings = z.object({
  /** Who may make an account: anybody, only people with an invitation, or nobody (an administrator makes them). */
  registration: z.enum(['open', 'invite', 'closed']).default('open'),
  /** Calls, with transcripts and events, are deleted after so many days. */
  callRetentionDays: days.nullable().default(null),
  /** Recordings are deleted after so many days; the call stays. */
  recordingRetentionDays: days.nullable().default(90),
  auditRetentionDays: days.nullable().default(365),
  /** A backup each night (with SQLite), and how many of them stay. */
  nightlyBackups: z.boolean().default(true),
  keptBackups: backups.default(7),
  /** Shown on the sign-in page and in invitations. */
  serviceName: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(60, 'must have at most 60 characters')
    .default('AI Call Service'),
})
export type Settings = z.output<typeof Settings>

export const SettingsChange = z.object({
  registration: z.enum(['open', 'invite', 'closed']).optional(),
  callRetentionDays: days.nullable().optional(),
  recordingRetentionDays: days.nullable().optional(),
  auditRetentionDays: days.nullable().optional(),
  nightlyBackups: z.boolean().optional(),
  keptBackups: backups.optional(),
  serviceName: z.string().trim().min(1, 'must not be empty').max(60, 'must have at most 60 characters').optional(),
})
export type SettingsChange = z.output<typeof SettingsChange>

export const AuditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Rows before this id: the `next` of the page before. */
  before: z.coerce.number().int().positive().optional(),
  action: z.string().max(60).optional(),
  userId: z.coerce.number().int().positive().optional(),
})
export type AuditQuery = z.output<typeof AuditQuery>

/** Everything that is written down: who may sign in, and what administrators did. */
export const AuditAction = z.enum([
  'auth.registered',
  'auth.login',
  'auth.login_failed',
  'auth.logout',
  'auth.second_factor_failed',
  'auth.refresh_reused',
  'auth.signed_out_everywhere',
  'password.changed',
  'password.reset',
  'keys.created',
  'keys.revoked',
  'sessions.revoked',
  'two_factor.enabled',
  'two_factor.disabled',
  'passkeys.added',
  'passkeys.removed',
  'account.exported',
  'account.deleted',
  'users.created',
  'users.activated',
  'users.deactivated',
  'users.promoted',
  'users.demoted',
  'users.deleted',
  'invites.created',
  'invites.revoked',
  'models.pulled',
  'models.removed',
  'backups.created',
  'backups.downloaded',
  'backups.removed',
  'settings.changed',
  'setup.done',
])
export type AuditAction = z.output<typeof AuditAction>

export const AuditEntry = z.object({
  id: z.number(),
  createdAt: z.string(),
  userId: z.number().nullable(),
  username: z.string().nullable(),
  action: AuditAction,
  target: z.string().nullable(),
  address: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
})
export type AuditEntry = z.output<typeof AuditEntry>

export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.number().nullable() })
export type AuditPage = z.output<typeof AuditPage>
