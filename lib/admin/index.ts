export { type Audited, audit, listAudit } from './audit.ts'
export type { AuditEntry, AuditPage, Settings, SettingsChange } from './contract.ts'
export { changeSettings, readSettings } from './settings.ts'
