export { createBackup, restoreBackup, verifyBackup } from './archive.ts'
export type { BackupInfo, Manifest } from './contract.ts'
