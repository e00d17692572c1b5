import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import webpush from 'web-push'
import { env } from '#lib/env.ts'
import { once } from '#lib/once.ts'

export type VapidKeys = { publicKey: string; privateKey: string }

/** The service's own key pair for Web Push (RFC 8292), made once and kept with mode 0600: losing it silences every device. */
export function vapidKeys(): Promise<VapidKeys> {
  return once('vapid', () => loadVapidKeys(join(env().DATA_DIR, 'keys')))
}

/** Reads `vapid.json` in `folder`, or makes it. When two processes start at once the first file wins. */
export async function loadVapidKeys(folder: string): Promise<VapidKeys> {
  const path = join(folder, 'vapid.json')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      const keys = webpush.generateVAPIDKeys()
      await file.writeFile(JSON.stringify(keys))
      await file.sync()
      return keys
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return JSON.parse(await readFile(path, 'utf8')) as VapidKeys
  }
}
