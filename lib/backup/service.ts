import { createReadStream } from 'node:fs'
import { rm, stat, statfs } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Actor } from '../accounts/actor.ts'
import { provePassword } from '../accounts/index.ts'
import { audit, readSettings } from '../admin/index.ts'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import type { BackupJob, BackupList, StartBackup } from './contract.ts'
import { beginBackup, lastJob, type Runner } from './jobs.ts'
import { canManageBackups } from './policy.ts'
import { findOnShelf, listShelf, pruneShelf, shelfOf } from './shelf.ts'

type Noted = 'backups.created' | 'backups.downloaded' | 'backups.removed'

const shelf = () => shelfOf(env().DATA_DIR)
const isSupported = () => !env().DATABASE_URL

function admit(actor: Actor): void {
  if (!canManageBackups(actor)) throw new AppError('forbidden', 'Only an administrator may do that.')
}

async function note(action: Noted, target: string, actor?: Pick<Actor, 'userId' | 'username'>): Promise<void> {
  const db = await database()
  const by = actor ? { userId: actor.userId, username: actor.username } : {}
  await db.write(tx => audit(tx, db.tables, { action, target, ...by }))
}

/** What lies on the shelf, and how the backup that runs or ran last stands. */
export async function listBackups(actor: Actor): Promise<BackupList> {
  admit(actor)
  const { bavail, bsize } = await statfs(env().DATA_DIR)
  const job = lastJob()
  return {
    isSupported: isSupported(),
    folder: shelf(),
    freeBytes: bavail * bsize,
    backups: isSupported() ? await listShelf(shelf()) : [],
    job: job && { ...job },
  }
}

export async function startBackup(actor: Actor, { withRecordings }: StartBackup, run?: Runner): Promise<BackupJob> {
  admit(actor)
  if (!isSupported()) throw new AppError('conflict', 'With PostgreSQL, pg_dump makes the backup.')
  return { ...beginBackup({ withRecordings, isNightly: false }, name => note('backups.created', name, actor), run) }
}

/** The night's backup: the oldest ones beyond the number that is kept go when it is there. */
export async function makeNightlyBackup(run?: Runner): Promise<void> {
  beginBackup(
    { withRecordings: false, isNightly: true },
    async name => {
      await note('backups.created', name)
      for (const old of await pruneShelf(shelf(), (await readSettings()).keptBackups))
        await note('backups.removed', old)
    },
    run,
  )
}

export async function removeBackup(actor: Actor, name: string): Promise<void> {
  admit(actor)
  await rm(await findOnShelf(shelf(), name))
  await note('backups.removed', name, actor)
}

/** The file itself, for whoever proves to be the administrator: it opens every account of the service. */
export async function downloadBackup(actor: Actor, name: string, password: string): Promise<Response> {
  admit(actor)
  await provePassword(actor.userId, password)
  const path = await findOnShelf(shelf(), name)
  const { size } = await stat(path)
  await note('backups.downloaded', name, actor)
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  return new Response(body, {
    headers: {
      'content-type': 'application/gzip',
      'content-length': String(size),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
