import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { modelKinds } from './kinds.ts'

const Installed = z.object({
  name: z.string(),
  kind: z.enum(modelKinds),
  languages: z.array(z.enum(['en', 'de'])),
  label: z.string(),
  /** Speakers of a voice: the number the engine knows and what people call it. */
  speakers: z.array(z.object({ id: z.number().int().min(0), label: z.string() })).optional(),
  bytes: z.number(),
  /** Of the archive that was unpacked. `release`: the publisher's own digest; otherwise measured here when it first came. */
  sha256: z.string(),
  digestFrom: z.enum(['release', 'first_download', 'import']),
  licence: z.string(),
  installedAt: z.string(),
})

const Pin = Installed.pick({ sha256: true, digestFrom: true })

const Lock = z.object({
  version: z.literal(1),
  models: z.record(z.string(), Installed),
  /** Digests of archives by file name. They outlive a removal: what comes again must be the same. */
  pins: z.record(z.string(), Pin),
})

export type InstalledModel = z.output<typeof Installed>
export type Lock = z.output<typeof Lock>

export const modelsFolder = (dataDir: string) => join(dataDir, 'models')
export const modelFolder = (dataDir: string, name: string) => join(modelsFolder(dataDir), name)
export const lockPath = (dataDir: string) => join(modelsFolder(dataDir), 'lock.json')

/** What is installed. A lock that is missing means nothing is; a broken one throws a sentence, it is never guessed at. */
export async function readLock(dataDir: string): Promise<Lock> {
  let text: string
  try {
    text = await readFile(lockPath(dataDir), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { version: 1, models: {}, pins: {} }
    throw new Error(`The list of models (${lockPath(dataDir)}) cannot be read.`)
  }
  try {
    return Lock.parse(JSON.parse(text))
  } catch {
    throw new Error(`The list of models (${lockPath(dataDir)}) is damaged: remove it and pull the models again.`)
  }
}

/** Changes the list in one step: a reader sees the old or the new one, also after a power cut. */
export async function changeLock(dataDir: string, change: (lock: Lock) => void): Promise<void> {
  await mkdir(modelsFolder(dataDir), { recursive: true })
  const release = await holdLock(dataDir)
  try {
    const lock = await readLock(dataDir)
    change(lock)
    const fresh = `${lockPath(dataDir)}.${process.pid}.tmp`
    const file = await open(fresh, 'w', 0o640)
    await file.writeFile(`${JSON.stringify(lock, null, 2)}\n`)
    await file.sync()
    await file.close()
    await rename(fresh, lockPath(dataDir))
  } finally {
    await release()
  }
}

/** The command line and the dashboard may change the list at the same moment: a folder is made by exactly one of them. */
async function holdLock(dataDir: string): Promise<() => Promise<void>> {
  const path = join(modelsFolder(dataDir), '.lock')
  for (let tries = 0; tries < 100; tries++) {
    try {
      await mkdir(path)
      return () => rm(path, { recursive: true, force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  // it is held for milliseconds: whoever still has it after five seconds is dead
  await rm(path, { recursive: true, force: true })
  return holdLock(dataDir)
}
