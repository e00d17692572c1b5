import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A user that no machine has: Asterisk may read what its group may read, and write where it owns. */
const strangerId = 63_060

/** Where root's own cache cannot be entered by others. */
const openRoot = '/var/cache/ai-call-service/asterisk'

/**
 * Who Asterisk runs as. In a house it is a user of its own, so file modes matter; only root can start somebody else's
 * process, and without it Asterisk runs as whoever runs the tests.
 */
export const asteriskUser = process.getuid?.() === 0 ? { uid: strangerId, gid: strangerId } : null

/** Whom its configuration belongs to. */
export const configurationOwner = {
  uid: process.getuid!(),
  gid: asteriskUser?.gid ?? process.getgid!(),
}

if (!asteriskUser) {
  console.info('These tests do not run as root: Asterisk runs as the same user, and file modes are not tried.')
}

/** Asterisk owns this. */
export async function giveAway(path: string): Promise<void> {
  if (asteriskUser) await chown(path, asteriskUser.uid, asteriskUser.gid)
}

/** Asterisk may read this and not change it, as /etc/asterisk in a packaged installation. */
export async function letRead(path: string, mode: number): Promise<void> {
  if (asteriskUser) await chown(path, 0, asteriskUser.gid)
  await chmod(path, mode)
}

/** The fetched Asterisk at a place that its user can reach: itself, or a copy. */
export async function reachable(root: string): Promise<string> {
  if (!asteriskUser || (await isOpen(root))) return root
  const there = join(openRoot, root.split('/').at(-1)!)
  if (existsSync(join(there, '.complete'))) return there
  const part = `${there}.${process.pid}`
  await mkdir(openRoot, { recursive: true, mode: 0o755 })
  await cp(root, part, { recursive: true, verbatimSymlinks: true })
  await rename(part, there).catch(async error => {
    // another run was faster
    await rm(part, { recursive: true, force: true })
    if (!existsSync(join(there, '.complete'))) throw error
  })
  return there
}

/** Whether everybody may enter every folder on the way. */
async function isOpen(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
