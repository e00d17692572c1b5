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
