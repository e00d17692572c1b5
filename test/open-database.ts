import { openDatabase } from '#db/open.ts'

// A process that opens the database it is told to, and closes it again.
const db = await openDatabase(process.argv[2] ?? ':memory:')
await db.close()
