import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import * as tar from 'tar'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { version } from '../version.ts'
import { type BackupInfo, type BackupStep, Manifest } from './contract.ts'
import { copyDatabase, inspectDatabase, isDatabaseInUse } from './repo.ts'
import { backupName, checkRoom, tidyShelf } from './shelf.ts'

type Source = { dataDir: string; recordingsDir: string }
type BackupOptions = {
  to: string
  withRecordings?: boolean
  atMs?: number
  /** So much must be free afterwards. */
  minFreeBytes?: number
  tell?(step: BackupStep): void
}

/**
 * Writes `ai-call-<time>.tar.gz` into the folder `to` while the service runs: the database, the secrets that open what is
 * sealed in it, and the recordings when asked. It is read back and checked before it gets its name.
 */
export async function createBackup(source: Source, options: BackupOptions) {
  const { to, withRecordings = false, atMs = Date.now(), minFreeBytes = 0, tell = () => {} } = options
  await tidyShelf(to)
  await checkRoom(to, await contentBytes(source, withRecordings), minFreeBytes)
  const stage = await mkdtemp(join(to, `.making-${process.pid}-`))
  try {
    tell('copying')
    const database = join(stage, 'users.db')
    await copyDatabase(join(source.dataDir, 'users.db'), database)
    await cp(join(source.dataDir, 'keys'), join(stage, 'keys'), { recursive: true }).catch(unlessMissing)
    if (withRecordings)
      await cp(source.recordingsDir, join(stage, 'recordings'), { recursive: true }).catch(unlessMissing)
    tell('checking')
    const manifest: Manifest = {
      service: 'AI Call Service',
      version,
      createdAt: toInstant(atMs),
      ...inspectDatabase(database),
      databaseSha256: await sha256(database),
      hasRecordings: withRecordings,
    }
    await writeFile(join(stage, 'manifest.json'), JSON.stringify(manifest, null, 2))
    tell('packing')
    const name = backupName(atMs)
    const made = join(stage, name)
    const parts = ['manifest.json', 'users.db', 'keys', ...(withRecordings ? ['recordings'] : [])]
    const present = (
      await Promise.all(parts.map(part => exists(join(stage, part)).then(is => (is ? [part] : []))))
    ).flat()
    await tar.create({ gzip: true, file: made, cwd: stage, portable: true }, present)
    await chmod(made, 0o600)
    tell('verifying')
    await withOpened(made, async () => {})
    const path = join(to, name)
    await rename(made, path)
    return { path, bytes: (await stat(path)).size, manifest } satisfies BackupInfo
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/** How much there is to copy, about. */
async function contentBytes({ dataDir, recordingsDir }: Source, withRecordings: boolean): Promise<number> {
  const sizeOf = (path: string) =>
    stat(path).then(
      ({ size }) => size,
      () => 0,
    )
  const database = (await sizeOf(join(dataDir, 'users.db'))) + (await sizeOf(join(dataDir, 'users.db-wal')))
  if (!withRecordings) return database
  const names = await readdir(recordingsDir, { recursive: true }).catch(() => [])
  let bytes = database
  for (const name of names) bytes += await sizeOf(join(recordingsDir, name))
  return bytes
}

/** Checks a backup (or a plain copy of users.db, as `sqlite3 .backup` makes) without touching anything. */
export async function verifyBackup(path: string): Promise<{ users: number; calls: number }> {
  return withOpened(path, async ({ found }) => found)
}

/**
 * Puts a backup in the place of what is there. Everything is copied beside its place first, so that a full disk changes
 * nothing; what was there is moved aside, into a folder whose path is returned. The service must not be running.
 */
export async function restoreBackup(path: string, source: Source, atMs = Date.now()) {
  return withOpened(path, async ({ folder, found }) => {
    const { dataDir, recordingsDir } = source
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const inPlace = join(dataDir, 'users.db')
    if (isDatabaseInUse(inPlace)) throw new AppError('conflict', 'The service is running: stop it first.')
    const fresh = await mkdtemp(join(dataDir, '.restoring-'))
    try {
      const hasKeys = await exists(join(folder, 'keys'))
      await cp(join(folder, 'users.db'), join(fresh, 'users.db'))
      if (hasKeys) await cp(join(folder, 'keys'), join(fresh, 'keys'), { recursive: true })
      if (await exists(join(folder, 'recordings')))
        await cp(join(folder, 'recordings'), recordingsDir, { recursive: true })
      const aside = join(dataDir, `before-restore-${new Date(atMs).toISOString().replace(/[:.]/g, '')}`)
      await mkdir(aside, { mode: 0o700 })
      const old = ['users.db', 'users.db-wal', 'users.db-shm', ...(hasKeys ? ['keys'] : [])]
      for (const name of old) await rename(join(dataDir, name), join(aside, name)).catch(unlessMissing)
      for (const name of hasKeys ? ['keys', 'users.db'] : ['users.db'])
        await rename(join(fresh, name), join(dataDir, name))
      return { aside, ...found }
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  })
}

type Opened = { folder: string; found: { users: number; calls: number } }

/** Unpacks into a temporary folder, checks, lends, and removes. */
async function withOpened<T>(path: string, use: (opened: Opened) => Promise<T>): Promise<T> {
  if (!(await exists(path))) throw new AppError('not_found', `There is no file ${path}.`)
  const folder = await mkdtemp(join(path.endsWith('.gz') ? dirname(path) : tmpdir(), `.opened-${process.pid}-`))
  try {
    if (await isPlainDatabase(path)) {
      await cp(path, join(folder, 'users.db'))
      return await use({ folder, found: inspectDatabase(join(folder, 'users.db')) })
    }
    await unpack(path, folder)
    const manifest = await readManifest(folder)
    if ((await sha256(join(folder, 'users.db'))) !== manifest.databaseSha256) throw damaged(path)
    return await use({ folder, found: inspectDatabase(join(folder, 'users.db')) })
  } finally {
    // An archive that was refused half-way may still be writing its last file.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

/** Only what a backup of ours holds: nothing outside its folders, no links, no devices. */
async function unpack(path: string, folder: string): Promise<void> {
  const isOurs = (name: string) =>
    /^(manifest\.json|users\.db|(keys|recordings)(\/[\w.-]+)*\/?)$/.test(name) && !name.includes('..')
  try {
    await tar.extract({
      file: path,
      cwd: folder,
      strict: true,
      filter: (name, entry) =>
        isOurs(name) && (!('type' in entry) || ['File', 'Directory'].includes(String(entry.type))),
    })
  } catch {
    throw damaged(path)
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  try {
    return Manifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  } catch {
    throw damaged('')
  }
}

async function isPlainDatabase(path: string): Promise<boolean> {
  const head = Buffer.alloc(15)
  for await (const piece of createReadStream(path, { end: 14 })) head.set(piece as Buffer)
  return head.toString('latin1') === 'SQLite format 3'
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  } catch {
    throw damaged(path)
  }
  return hash.digest('hex')
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

const damaged = (path: string) =>
  new AppError('bad_request', `${basename(path) || 'This file'} is damaged, or it is no backup of this service.`)
