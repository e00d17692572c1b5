import { eq } from 'drizzle-orm'
import { type Orm, run } from '#db/open.ts'
import type { Tables } from '#db/schema.ts'

export function* insertEvalCase(tx: Orm, { evalCases: t }: Tables, values: Tables['evalCases']['$inferInsert']) {
  yield* run(tx.insert(t).values(values))
}

/** A call has one correction; a new one replaces it. */
export function* deleteEvalCases(tx: Orm, { evalCases: t }: Tables, call: number) {
  yield* run(tx.delete(t).where(eq(t.call, call)))
}
