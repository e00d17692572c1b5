import { SettingsChange } from '#lib/admin/contract.ts'
import { changeSettings, readSettings } from '#lib/admin/index.ts'
import { handler } from '#lib/http/index.ts'

export const GET = handler({ access: 'admin' }, () => readSettings())

export const PATCH = handler({ access: 'admin', body: SettingsChange }, ({ actor, body }) =>
  changeSettings(actor, body),
)
