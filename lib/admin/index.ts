export { type Audited, audit, listAudit } from './audit.ts'
export type { AuditEntry, AuditPage, Settings, SettingsChange } from './contract.ts'
export { readSettings, writeSettings } from './settings.ts'
