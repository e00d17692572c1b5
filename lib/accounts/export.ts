import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../db/open.ts'
import { audit } from '../admin/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { now } from '../instant.ts'
import { getAccount } from './account.ts'
import type { Actor } from './actor.ts'
import type { Account } from './contract.ts'
import { ownedPage, ownedTables, rowsOfLines, shownRow } from './export-repo.ts'
import { canManageAccount } from './policy.ts'

const pageRows = 200

/** Everything that is kept about a person, as the pieces of one JSON text. Read in short pages, so that nobody waits for it. */
export async function exportAccount(actor: Actor): Promise<AsyncGenerator<string>> {
  if (!canManageAccount(actor)) throw new AppError('forbidden', 'Sign in to export your data.')
  const db = await database()
  const { userId, username } = actor
  const account = await getAccount(actor)
  await db.write(tx => audit(tx, db.tables, { action: 'account.exported', userId, username }))
  return pieces(db, userId, account)
}

async function* pieces(db: Database, userId: number, account: Account): AsyncGenerator<string> {
  yield `{"exportedAt":${JSON.stringify(now())},\n"account":${JSON.stringify(account)}`
  const lineIds: number[] = []
  for (const name of ownedTables(db)) {
    yield `,\n${JSON.stringify(name)}:[`
    let after: Record<string, unknown> | null = null
    for (let isFirst = true; ; ) {
      const rows: Record<string, unknown>[] = await ownedPage(db, name, { userId, after, limit: pageRows })
      for (const row of rows) {
        yield `${isFirst ? '' : ','}\n${JSON.stringify(shownRow(row))}`
        isFirst = false
        if (name === 'lines') lineIds.push(row.id as number)
      }
      if (rows.length < pageRows) break
      after = rows.at(-1)!
      await nextTurn()
    }
    yield ']'
  }
  for (const [name, rows] of Object.entries(await rowsOfLines(db, lineIds))) {
    yield `,\n${JSON.stringify(name)}:${JSON.stringify(rows)}`
  }
  yield '\n}\n'
}
