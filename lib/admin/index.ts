export { type Audited, audit, deleteOldAudit, listAudit } from './audit.ts'
export type { AuditEntry, AuditPage, Settings, SettingsChange } from './contract.ts'
export { changeSettings, readSettings } from './settings.ts'
