import type { Database } from '../../db/open.ts'
import { database } from '../database.ts'
import { now } from '../instant.ts'
import { once } from '../once.ts'
import { audit } from './audit.ts'
import { Settings, type SettingsChange } from './contract.ts'
import { selectSettings, upsertSetting } from './repo.ts'

const believedMs = 1000
type Cache = { of: Database | null; settings: Settings | null; untilMs: number }
const cache = once('admin.settings', (): Cache => ({ of: null, settings: null, untilMs: 0 }))

/** The settings of the service. What another process changes counts after a second. */
export async function readSettings(atMs = Date.now()): Promise<Settings> {
  const db = await database()
  if (cache.of === db && cache.settings && cache.untilMs > atMs) return cache.settings
  const settings = fromRows(await selectSettings(db))
  Object.assign(cache, { of: db, settings, untilMs: atMs + believedMs })
  return settings
}

/** Changes the settings that are given and returns all of them; the log keeps who changed which. */
export async function changeSettings(
  { userId, username }: { userId: number; username: string },
  change: SettingsChange,
): Promise<Settings> {
  const db = await database()
  const updatedAt = now()
  await db.write(function* (tx) {
    for (const [key, value] of Object.entries(change)) {
      if (value !== undefined) yield* upsertSetting(tx, db.tables, { key, value, updatedAt })
    }
    yield* audit(tx, db.tables, { action: 'settings.changed', userId, username, data: { ...change } })
  })
  cache.settings = null
  return readSettings()
}

/** A row that is no longer understood (an older version wrote it) counts as unset. */
function fromRows(rows: { key: string; value: unknown }[]): Settings {
  const shape: Record<string, { safeParse(value: unknown): { success: boolean } }> = Settings.shape
  const known = rows.filter(({ key, value }) => shape[key]?.safeParse(value).success)
  return Settings.parse(Object.fromEntries(known.map(({ key, value }) => [key, value])))
}
