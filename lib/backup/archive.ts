import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import * as tar from 'tar'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { version } from '../version.ts'
import { type BackupInfo, Manifest } from './contract.ts'
import { copyDatabase, inspectDatabase } from './repo.ts'

type Source = { dataDir: string; recordingsDir: string }
type BackupOptions = { to: string; withRecordings?: boolean; atMs?: number }

/**
 * Writes `ai-call-<time>.tar.gz` into the folder `to` while the service runs: the database, the secrets that open what is
 * sealed in it, and the recordings when asked. It is read back and checked before it gets its name.
 */
export async function createBackup(source: Source, { to, withRecordings = false, atMs = Date.now() }: BackupOptions) {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const stage = await mkdtemp(join(to, '.making-'))
  try {
    const database = join(stage, 'users.db')
    await copyDatabase(join(source.dataDir, 'users.db'), database)
    await cp(join(source.dataDir, 'keys'), join(stage, 'keys'), { recursive: true }).catch(unlessMissing)
    if (withRecordings)
      await cp(source.recordingsDir, join(stage, 'recordings'), { recursive: true }).catch(unlessMissing)
    const manifest: Manifest = {
      service: 'AI Call Service',
      version,
      createdAt: toInstant(atMs),
      ...inspectDatabase(database),
      databaseSha256: await sha256(database),
      hasRecordings: withRecordings,
    }
    await writeFile(join(stage, 'manifest.json'), JSON.stringify(manifest, null, 2))
    const name = `ai-call-${new Date(atMs)
      .toISOString()
      .replace(/\.\d+Z$/, '')
      .replace(/[:T-]/g, '')}.tar.gz`
    const made = join(stage, name)
    const parts = ['manifest.json', 'users.db', 'keys', ...(withRecordings ? ['recordings'] : [])]
    const present = (
      await Promise.all(parts.map(part => exists(join(stage, part)).then(is => (is ? [part] : []))))
    ).flat()
    await tar.create({ gzip: true, file: made, cwd: stage, portable: true }, present)
    await chmod(made, 0o600)
    await withOpened(made, async () => {})
    const path = join(to, name)
    await rename(made, path)
    return { path, bytes: (await stat(path)).size, manifest } satisfies BackupInfo
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/** Checks a backup (or a plain copy of users.db, as `sqlite3 .backup` makes) without touching anything. */
export async function verifyBackup(path: string): Promise<{ users: number; calls: number }> {
  return withOpened(path, async ({ found }) => found)
}

/**
 * Puts a backup in the place of what is there. What was there is moved aside, into a folder whose path is returned. The
 * service must not be running.
 */
export async function restoreBackup(path: string, source: Source, atMs = Date.now()) {
  return withOpened(path, async ({ folder, found }) => {
    await mkdir(source.dataDir, { recursive: true, mode: 0o700 })
    const aside = join(source.dataDir, `before-restore-${new Date(atMs).toISOString().replace(/[:.]/g, '')}`)
    await mkdir(aside, { mode: 0o700 })
    for (const name of ['users.db', 'users.db-wal', 'users.db-shm'])
      await rename(join(source.dataDir, name), join(aside, name)).catch(unlessMissing)
    // Copied beside its place first, so that the last step is a rename.
    await cp(join(folder, 'users.db'), join(source.dataDir, 'users.db.restoring'))
    await rename(join(source.dataDir, 'users.db.restoring'), join(source.dataDir, 'users.db'))
    if (await exists(join(folder, 'keys'))) {
      await rename(join(source.dataDir, 'keys'), join(aside, 'keys')).catch(unlessMissing)
      await cp(join(folder, 'keys'), join(source.dataDir, 'keys'), { recursive: true })
    }
    if (await exists(join(folder, 'recordings')))
      await cp(join(folder, 'recordings'), source.recordingsDir, { recursive: true })
    return { aside, ...found }
  })
}

type Opened = { folder: string; found: { users: number; calls: number } }

/** Unpacks into a temporary folder, checks, lends, and removes. */
async function withOpened<T>(path: string, use: (opened: Opened) => Promise<T>): Promise<T> {
  if (!(await exists(path))) throw new AppError('not_found', `There is no file ${path}.`)
  const folder = await mkdtemp(join(path.endsWith('.gz') ? dirname(path) : tmpdir(), '.opened-'))
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
