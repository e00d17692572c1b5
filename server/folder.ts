import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder that is private to this user, and those above it. Node's own `recursive` never ends where the folder above
 * is there and nothing can be made in it, as below /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    const above = dirname(path)
    if (code !== 'ENOENT' || above === path || (await isThere(above))) throw error
    await makeFolder(above)
    await mkdir(path, { mode: 0o700 })
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
