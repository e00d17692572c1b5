import { chmod, mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import type { BackupFile } from './contract.ts'

const nameOfBackup = /^ai-call-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.tar\.gz$/

export const shelfOf = (dataDir: string) => join(dataDir, 'backups')

export const backupName = (atMs: number) =>
  `ai-call-${new Date(atMs)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[:T-]/g, '')}.tar.gz`

/** The backups of a folder, newest first. What has another name is not ours and is left alone. */
export async function listShelf(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(
    names.map(async name => {
      const parts = nameOfBackup.exec(name)
      const info = parts && (await stat(join(folder, name)).catch(() => null))
      if (!parts || !info?.isFile()) return []
      const [, year, month, day, hour, minute, second] = parts
      const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
      return [{ name, bytes: info.size, createdAt: toInstant(Number.isNaN(at) ? info.mtimeMs : at) }]
    }),
  )
  return found.flat().sort((a, b) => (a.name < b.name ? 1 : -1))
}

/** The path of a backup by its name; a name that is none of ours, or points elsewhere, is simply not there. */
export async function findOnShelf(folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  const info = nameOfBackup.test(name) ? await stat(path).catch(() => null) : null
  if (!info?.isFile()) throw new AppError('not_found', 'There is no such backup.')
  return path
}

/** Removes all but the newest `keep`; answers the names that went. */
export async function pruneShelf(folder: string, keep: number): Promise<string[]> {
  const old = (await listShelf(folder)).slice(Math.max(1, keep)).map(({ name }) => name)
  for (const name of old) await rm(join(folder, name), { force: true })
  return old
}

/** Makes the folder, private to this user, and takes away what earlier attempts left in it. */
export async function tidyShelf(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700).catch(() => {})
  for (const name of await readdir(folder)) {
    const pid = /^\.(?:making|opened)-(\d+)-/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Refuses a backup that would fill the disk: the copy, the archive and the check of it lie side by side for a moment. */
export async function checkRoom(folder: string, contentBytes: number, minFreeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const neededBytes = contentBytes * 3 + minFreeBytes
  if (bavail * bsize >= neededBytes) return
  const mb = (bytes: number) => Math.ceil(bytes / 1_048_576)
  throw new AppError(
    'unavailable',
    `There is no room for a backup: it needs ${mb(neededBytes)} MB, and ${mb(bavail * bsize)} MB are free.`,
  )
}
