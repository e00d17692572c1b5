import { and, asc, eq, max } from 'drizzle-orm'
import { type Database, type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

export type RuleRow = Tables['rules']['$inferSelect']
export type RuleValues = Partial<Omit<RuleRow, 'id' | 'userId' | 'createdAt'>>

export async function findRules({ orm, tables }: Database, userId: number): Promise<RuleRow[]> {
  const { rules } = tables
  return orm.select().from(rules).where(eq(rules.userId, userId)).orderBy(asc(rules.position), asc(rules.id))
}

export async function findRule({ orm, tables }: Database, id: number): Promise<RuleRow | null> {
  const rows = await orm.select().from(tables.rules).where(eq(tables.rules.id, id))
  return rows[0] ?? null
}

export function* ruleIds(tx: Orm, { rules }: Tables, userId: number) {
  const rows = yield* run(
    tx.select({ id: rules.id }).from(rules).where(eq(rules.userId, userId)).orderBy(asc(rules.position), asc(rules.id)),
  )
  return rows.map(row => row.id)
}

export function* lastPosition(tx: Orm, { rules }: Tables, userId: number) {
  const [row] = yield* run(
    tx
      .select({ last: max(rules.position) })
      .from(rules)
      .where(eq(rules.userId, userId)),
  )
  return Number(row?.last ?? 0)
}

export function* insertRule(tx: Orm, { rules }: Tables, values: Tables['rules']['$inferInsert']) {
  const [row] = yield* run(tx.insert(rules).values(values).returning())
  return row!
}

export function* updateRule(tx: Orm, { rules }: Tables, userId: number, id: number, values: RuleValues) {
  yield* run(
    tx
      .update(rules)
      .set(values)
      .where(and(eq(rules.id, id), eq(rules.userId, userId))),
  )
}

export function* deleteRule(tx: Orm, { rules }: Tables, id: number) {
  yield* run(tx.delete(rules).where(eq(rules.id, id)))
}
