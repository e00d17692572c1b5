import { openDatabase, run } from '#db/open.ts'
import { now } from '#lib/instant.ts'

// Writes users as fast as they are acknowledged and prints each name afterwards, until somebody kills it.
const db = await openDatabase(process.argv[2] ?? ':memory:')
const { users } = db.tables

async function writeOn(writer: number): Promise<never> {
  for (let i = 0; ; i++) {
    const name = `w${process.pid}-${writer}-${i}`
    await db.write(function* (tx) {
      yield* run(
        tx.insert(users).values({
          username: name,
          email: name,
          passwordHash: 'x',
          createdAt: now(),
          usernameKey: name,
          emailKey: name,
        }),
      )
    })
    process.stdout.write(`${name}\n`)
  }
}

await Promise.all(Array.from({ length: 20 }, (_, writer) => writeOn(writer)))
