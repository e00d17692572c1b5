import { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { diffLines } from './diff.ts'
import { readSections } from './existing.ts'
import type { WrittenFile } from './index.ts'

export type Placed = {
  written: string[]
  same: string[]
  /** Our own files that look otherwise than what would be written now. */
  differing: { name: string; diff: string }[]
  /** Lines that the owner of a file has to add. */
  includes: { name: string; lines: string[] }[]
}

const groupReads = 0o640
const groupEnters = 0o750

/**
 * Puts files into Asterisk's configuration folder. What is missing is written, mode 0640 and for the folder's group; what is
 * there is kept: our own files are compared (and replaced only when asked), other people's need one `#include` line.
 */
export async function placeFiles(
  folder: string,
  files: readonly WrittenFile[],
  { replacesOwn }: { replacesOwn: boolean },
): Promise<Placed> {
  const placed: Placed = { written: [], same: [], differing: [], includes: [] }
  await mkdir(folder, { recursive: true, mode: groupEnters })
  const owner = await ownerOf(folder)
  for (const { name, text, include, needs } of files) {
    const path = join(folder, name)
    const before = await readFile(path, 'utf8').catch(() => null)
    if (before === text) {
      placed.same.push(name)
      continue
    }
    if (before !== null && include !== undefined) {
      if (include && !before.split('\n').some(line => line.trim() === include)) {
        const isThere = !needs || (await readSections(path, dirname(include))).some(section => section.name === needs)
        placed.includes.push({ name, lines: isThere ? [include] : [`[${needs}]`, include] })
      } else placed.same.push(name)
      continue
    }
    if (before !== null && !replacesOwn) {
      placed.differing.push({ name, diff: diffLines(before, text) })
      continue
    }
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { mode: 0o600 })
    // said outright: our own umask lets nobody but us read, and Asterisk's group has to
    await chmod(path, groupReads)
    await handOver(path, owner)
    // the folder of Asterisk itself stays as its owner wants it
    if (dirname(name) !== '.') {
      await chmod(dirname(path), groupEnters)
      await handOver(dirname(path), owner)
    }
    placed.written.push(name)
  }
  return placed
}

type Owner = { uid: number; gid: number }

/**
 * Whose files these are to be: the folder's owner and the group that reads its neighbours. Where the folder is root's alone,
 * as after building Asterisk oneself, asterisk.conf says which group Asterisk runs as.
 */
async function ownerOf(folder: string): Promise<Owner> {
  const { uid, gid } = await stat(folder)
  const neighbour = gid === 0 ? await stat(join(folder, 'asterisk.conf')).catch(() => null) : null
  return { uid, gid: neighbour?.gid ?? gid }
}

/** Only root may give files away; everybody else may at least let a group read that they are in. */
async function handOver(path: string, { uid, gid }: Owner): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, uid, gid)
  else if (process.getgroups?.().includes(gid)) await chown(path, -1, gid)
}
