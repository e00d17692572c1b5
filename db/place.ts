import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The absolute path of a file of this folder. Next's bundle moves `import.meta.url` away from the source, so the path
 * beside this module counts only when the file is there; else it is below the folder the service was started in.
 */
export function besideDb(name: string): string {
  const candidates = [join(here(), name), join(process.cwd(), 'db', name)]
  return candidates.find(path => existsSync(path)) ?? candidates[0]!
}

function here(): string {
  try {
    return dirname(fileURLToPath(import.meta.url))
  } catch {
    return join(process.cwd(), 'db')
  }
}
