import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { vadModulePath } from '#lib/voice/adapters/index.ts'
import { type MediaThread, startMedia } from '../media/client.ts'

/** A real media thread, and a folder for what it records, for the tests of one file. */
export function withMedia(): { readonly media: MediaThread; readonly folder: string } {
  let media: MediaThread
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'acs-media-'))
    media = await startMedia({ vadModule: vadModulePath, audiosocket: { host: '127.0.0.1', port: 0 } })
  })
  afterAll(async () => {
    await media.close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    get media() {
      return media
    },
    get folder() {
      return folder
    },
  }
}
