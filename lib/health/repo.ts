import { desc } from 'drizzle-orm'
import { database } from '../database.ts'

export type AgentRow = { name: string; heartbeatAt: string; load: number; state: Record<string, unknown> }

/** The voice processes, the one that beat last first. */
export async function readAgents(): Promise<AgentRow[]> {
  const { orm, tables } = await database()
  const { name, heartbeatAt, load, state } = tables.agents
  return orm.select({ name, heartbeatAt, load, state }).from(tables.agents).orderBy(desc(heartbeatAt)).limit(20)
}

/** The smallest question that a working database answers. */
export async function pingDatabase(): Promise<'sqlite' | 'pg'> {
  const { orm, tables, dialect } = await database()
  await orm.select({ key: tables.settings.key }).from(tables.settings).limit(1)
  return dialect
}
