import { z } from 'zod'

/** manifest.json of a backup: what is in it and how to tell that it is whole. */
export const Manifest = z.object({
  service: z.literal('AI Call Service'),
  version: z.string(),
  createdAt: z.string(),
  users: z.number().int(),
  calls: z.number().int(),
  databaseSha256: z.string().regex(/^[0-9a-f]{64}$/),
  hasRecordings: z.boolean(),
})
export type Manifest = z.infer<typeof Manifest>

export type BackupInfo = { path: string; bytes: number; manifest: Manifest }

export const backupSteps = ['copying', 'checking', 'packing', 'verifying'] as const
export type BackupStep = (typeof backupSteps)[number]

export const BackupFile = z.object({ name: z.string(), bytes: z.number(), createdAt: z.string() })
export type BackupFile = z.infer<typeof BackupFile>

export const BackupJob = z.object({
  state: z.enum(['running', 'done', 'failed']),
  step: z.enum(backupSteps),
  startedAt: z.string(),
  /** Made in the night, without anybody asking. */
  isNightly: z.boolean(),
  /** One sentence, when it failed. */
  message: z.string().nullable(),
})
export type BackupJob = z.infer<typeof BackupJob>

export const BackupList = z.object({
  /** False with PostgreSQL: pg_dump makes the backup there. */
  isSupported: z.boolean(),
  /** Where they lie on the machine of the service. */
  folder: z.string(),
  freeBytes: z.number(),
  /** Newest first. */
  backups: z.array(BackupFile),
  /** The one that is being made, or how the last one since the start went. */
  job: BackupJob.nullable(),
})
export type BackupList = z.infer<typeof BackupList>

export const StartBackup = z.strictObject({ withRecordings: z.boolean().default(false) })
export type StartBackup = z.infer<typeof StartBackup>

/** A backup opens every account: its download asks for the password once more. */
export const DownloadBackup = z.strictObject({ password: z.string().max(1_024) })
