import type { BackupJob, BackupList } from '#lib/backup/contract.ts'
import type { Client } from './client.ts'

const at = (name: string, rest = '') => `/api/v1/backups/${encodeURIComponent(name)}${rest}`

export const listBackups = (client: Client) => client.get<BackupList>('/api/v1/backups')
export const startBackup = (client: Client, withRecordings: boolean) =>
  client.post<BackupJob>('/api/v1/backups', { body: { withRecordings } })
export const removeBackup = (client: Client, name: string) => client.delete(at(name))
export const downloadPath = (name: string) => at(name, '/download')
