import { run } from '#db/open.ts'
import { database } from '#lib/database.ts'
import { toInstant } from '#lib/instant.ts'

const hourMs = 3_600_000
/** Rows of one statement: few enough for every database's limit of values. */
const atOnce = 200

/** The calls that were already told, again and again, back through the years: `--calls 10000` in a second or two. */
export async function tellMany(userId: number, count: number): Promise<void> {
  const db = await database()
  const t = db.tables.callHistory
  const told = (await db.orm.select().from(t)).filter(call => call.userId === userId && call.status === 'completed')
  const begun = Date.now() - 8 * 24 * hourMs
  const rows = Array.from({ length: count - told.length }, (_, index) => {
    const { id: _id, ...call } = told[index % told.length] ?? raise()
    const at = begun - index * 1.7 * hourMs
    return {
      ...call,
      callId: `many-${index}`,
      timestamp: toInstant(at),
      answeredAt: toInstant(at),
      completedAt: toInstant(at + (call.durationMs ?? 0)),
      readAt: toInstant(at + hourMs),
      isIndexed: 0,
    }
  })
  for (let from = 0; from < rows.length; from += atOnce) {
    await db.write(function* (tx) {
      yield* run(tx.insert(t).values(rows.slice(from, from + atOnce)))
    })
  }
}

function raise(): never {
  throw new Error('many calls are made from the seeded ones: seed the folder first')
}
