import { mkdir } from 'node:fs/promises'
import { type Database, openDatabase } from '../db/open.ts'
import { env } from './env.ts'
import { once } from './once.ts'

/** The one database handle of this process; the first call opens and migrates it. */
export function database(): Promise<Database> {
  return once('database', async () => {
    const { DATA_DIR, database: url } = env()
    await mkdir(DATA_DIR, { recursive: true, mode: 0o700 })
    return openDatabase(url)
  })
}
