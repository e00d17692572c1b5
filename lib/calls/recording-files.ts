import { constants } from 'node:fs'
import { type FileHandle, open, rm, statfs } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { env } from '../env.ts'

/** The absolute path of a recording, or null when it would lie outside RECORDINGS_DIR. */
export function recordingFile(path: string, folder = env().RECORDINGS_DIR): string | null {
  const file = resolve(folder, path)
  const inside = relative(folder, file)
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside) && !path.includes('\0') ? file : null
}

/** Opens a recording for reading; null when there is no such file. A link is not followed out of the folder. */
export async function openRecording(path: string): Promise<FileHandle | null> {
  const file = recordingFile(path)
  if (!file) return null
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
    return null
  } catch {
    return null
  }
}

/** Removes files and returns how many are left against our will. */
export async function removeRecordingFiles(paths: readonly string[]): Promise<number> {
  let left = 0
  for (const path of paths) {
    const file = recordingFile(path)
    if (!file) continue
    try {
      await rm(file, { force: true })
    } catch {
      left++
    }
  }
  return left
}

/** Whether there is room to record: below MIN_FREE_SPACE_MB nothing is recorded, so that the database can go on. */
export async function hasRoomToRecord(
  folder = env().RECORDINGS_DIR,
  minMb = env().MIN_FREE_SPACE_MB,
): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize >= minMb * 1024 * 1024
  } catch {
    return false
  }
}
