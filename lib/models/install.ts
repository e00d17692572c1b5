import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clock } from '#lib/voice/ports.ts'
import { discard, download, sha256Of, sizeOf } from './download.ts'
import type { ModelLayout } from './layout.ts'
import { findArchive, findModel, type ManifestEntry, manifest } from './manifest.ts'
import { findAsset } from './release.ts'
import { changeLock, type InstalledModel, modelFolder, modelsFolder, readLock } from './store.ts'
import { modelRoot, type UnpackLimits, unpack } from './unpack.ts'

/** What is going on, for a progress line or a dashboard. */
export type Progress =
  | { step: 'looking_up' }
  | { step: 'downloading'; done: number; total: number }
  | { step: 'checking' }
  | { step: 'unpacking' }
  | { step: 'trying' }
  | { step: 'installed' }

export type InstallOptions = {
  dataDir: string
  clock: Clock
  signal: AbortSignal
  onProgress?(progress: Progress): void
  /** The load test; injected where no native library should run. */
  tryModel(folder: string, entry: Pick<ManifestEntry, 'languages' | 'label'>, clock: Clock): Promise<ModelLayout>
  now(): string
  /** GitHub's address and the manifest, so that tests use their own. */
  api?: string
  models?: readonly ManifestEntry[]
  limits?: UnpackLimits
  pauseMs?: number
  stalledAfterMs?: number
}

export type PullResult = {
  model: InstalledModel
  /** The publisher gave no digest: what came first is trusted from now on. Worth a line to whoever pulled it. */
  isFirstTrusted: boolean
}

const downloadsFolder = (dataDir: string) => join(modelsFolder(dataDir), '.downloads')

/** Downloads, checks, unpacks, tries and installs a model of the manifest. Nothing is replaced before everything went well. */
export async function pullModel(
  name: string,
  options: InstallOptions & { acceptsLicence: boolean },
): Promise<PullResult> {
  const { dataDir, signal, onProgress = () => {} } = options
  const entry = findModel(name, options.models)
  if (!entry) throw new Error(`There is no model called ${name}. Known: ${names(options.models)}.`)
  if (!options.acceptsLicence) throw new Error(`The licence of ${entry.label} (${entry.licence.id}) was not accepted.`)
  return whileHeld(dataDir, name, async () => {
    onProgress({ step: 'looking_up' })
    const asset = await findAsset(entry, { signal, ...(options.api ? { api: options.api } : {}) })
    const pin = (await readLock(dataDir)).pins[entry.archive]
    if (asset.sha256 && pin?.digestFrom === 'release' && pin.sha256 !== asset.sha256) {
      throw new Error(
        `${entry.archive} was published again with other content. Remove its pin from models/lock.json if that is right.`,
      )
    }
    const archive = join(downloadsFolder(dataDir), entry.archive)
    await mkdir(downloadsFolder(dataDir), { recursive: true })
    await checkSpace(dataDir, asset.bytes, await sizeOf(`${archive}.part`))
    if ((await sizeOf(archive)) !== asset.bytes) {
      await download({
        url: asset.url,
        bytes: asset.bytes,
        path: archive,
        signal,
        onProgress: (done, total) => onProgress({ step: 'downloading', done, total }),
        ...(options.pauseMs === undefined ? {} : { pauseMs: options.pauseMs }),
        ...(options.stalledAfterMs === undefined ? {} : { stalledAfterMs: options.stalledAfterMs }),
      })
    }
    onProgress({ step: 'checking' })
    const sha256 = await sha256Of(archive, signal)
    const expected = asset.sha256 ?? pin?.sha256
    if (expected && sha256 !== expected) {
      await discard(archive)
      throw new Error(`${entry.archive} is not what was published (sha256 ${sha256}); it was thrown away.`)
    }
    const digestFrom = asset.sha256 ? 'release' : 'first_download'
    const model = await installArchive(archive, entry, { sha256, digestFrom }, options)
    await discard(archive)
    return { model, isFirstTrusted: !asset.sha256 && !pin }
  })
}

/** Installs an archive that was brought here on a stick. Its name tells the model, or `as` does. */
export async function importModel(
  path: string,
  options: InstallOptions & { as?: string; sha256?: string; acceptsLicence: boolean },
): Promise<InstalledModel> {
  const { dataDir, signal, onProgress = () => {} } = options
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile()) throw new Error(`There is no file ${path}.`)
  const entry = options.as ? findModel(options.as, options.models) : findArchive(basename(path), options.models)
  if (!entry) {
    throw new Error(
      options.as
        ? `There is no model called ${options.as}. Known: ${names(options.models)}.`
        : `${basename(path)} is no archive of the list. Say which model it is: --as NAME (${names(options.models)}).`,
    )
  }
  if (!options.acceptsLicence) throw new Error(`The licence of ${entry.label} (${entry.licence.id}) was not accepted.`)
  return whileHeld(dataDir, entry.name, async () => {
    await checkSpace(dataDir, file.size, file.size)
    onProgress({ step: 'checking' })
    const sha256 = await sha256Of(path, signal)
    const pin = (await readLock(dataDir)).pins[entry.archive]
    const expected = options.sha256?.toLowerCase() ?? pin?.sha256
    if (expected && expected !== sha256) {
      throw new Error(`${basename(path)} is not the archive that was expected: its sha256 is ${sha256}.`)
    }
    return installArchive(path, entry, { sha256, digestFrom: pin?.digestFrom ?? 'import' }, options)
  })
}

/** Takes a model away. Running calls that use it end their sentence first: files in use stay readable to their process. */
export async function removeModel(dataDir: string, name: string): Promise<void> {
  const lock = await readLock(dataDir)
  if (!Object.hasOwn(lock.models, name)) throw new Error(`${name} is not installed.`)
  await whileHeld(dataDir, name, async () => {
    await changeLock(dataDir, fresh => {
      delete fresh.models[name]
    })
    await rm(modelFolder(dataDir, name), { recursive: true, force: true })
  })
}

async function installArchive(
  archive: string,
  entry: ManifestEntry,
  digest: Pick<InstalledModel, 'sha256' | 'digestFrom'>,
  options: InstallOptions,
): Promise<InstalledModel> {
  const { dataDir, signal, onProgress = () => {}, clock } = options
  const staging = join(modelsFolder(dataDir), `.staging-${randomUUID()}`)
  try {
    onProgress({ step: 'unpacking' })
    await unpack(archive, staging, { signal, ...(options.limits ? { limits: options.limits } : {}) })
    const root = await modelRoot(staging)
    onProgress({ step: 'trying' })
    const layout = await options.tryModel(root, entry, clock)
    signal.throwIfAborted()
    await dropUnused(root, layout)
    const model: InstalledModel = {
      name: entry.name,
      kind: layout.kind,
      languages: [...entry.languages],
      label: entry.label,
      ...(entry.speakers ? { speakers: [...entry.speakers] } : {}),
      bytes: await folderBytes(root),
      ...digest,
      licence: entry.licence.id,
      installedAt: options.now(),
    }
    await replaceFolder(root, modelFolder(dataDir, entry.name))
    await changeLock(dataDir, lock => {
      lock.models[entry.name] = model
      lock.pins[entry.archive] = digest
    })
    onProgress({ step: 'installed' })
    return model
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Archives hold a full and a quantised size of the same model; only the one that is used stays. */
async function dropUnused(root: string, layout: ModelLayout): Promise<void> {
  const used = new Set(Object.values(layout).filter(value => typeof value === 'string'))
  for (const name of await readdir(root)) {
    const path = join(root, name)
    if (/\.(onnx|ort|weights)$/.test(name) && !used.has(path)) await rm(path, { force: true })
  }
}

async function replaceFolder(from: string, to: string): Promise<void> {
  const old = `${to}.old-${randomUUID()}`
  const hadOld = await rename(to, old).then(
    () => true,
    () => false,
  )
  try {
    await rename(from, to)
  } catch (error) {
    if (hadOld) await rename(old, to)
    throw error
  }
  if (hadOld) await rm(old, { recursive: true, force: true })
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = entries.filter(one => one.isFile()).map(one => sizeOf(join(one.parentPath, one.name)))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** The archive, what it unpacks to (up to three times as much), and some air for calls that are recorded meanwhile. */
async function checkSpace(dataDir: string, archiveBytes: number, have: number): Promise<void> {
  await mkdir(modelsFolder(dataDir), { recursive: true })
  const { bavail, bsize } = await statfs(modelsFolder(dataDir))
  const needed = Math.max(0, archiveBytes - have) + archiveBytes * 3 + 50_000_000
  if (bavail * bsize < needed) {
    throw new Error(
      `There is too little space: ${megabytes(needed)} are needed, ${megabytes(bavail * bsize)} are free in ${modelsFolder(dataDir)}.`,
    )
  }
}

export const megabytes = (bytes: number) => `${Math.max(1, Math.round(bytes / 1_000_000))} MB`

const names = (models: readonly ManifestEntry[] = manifest) => models.map(({ name }) => name).join(', ')

// a holder says that it lives every few seconds; process ids alone come again after a restart
const signOfLifeMs = 2000
const deadAfterMs = 20_000

/** One at a time for each model, also between the command line and the dashboard; what a killed one left is taken over. */
async function whileHeld<T>(dataDir: string, name: string, run: () => Promise<T>): Promise<T> {
  await mkdir(modelsFolder(dataDir), { recursive: true })
  const hold = join(modelsFolder(dataDir), `.hold-${name}`)
  for (let tries = 0; ; tries++) {
    const mine = await mkdir(hold).then(
      () => true,
      () => false,
    )
    if (mine) break
    if (tries > 0 || (await isHeld(hold))) throw new Error(`The model ${name} is being installed already.`)
    await rm(hold, { recursive: true, force: true })
  }
  await mkdir(join(hold, String(process.pid)))
  const alive = setInterval(() => void utimes(hold, new Date(), new Date()).catch(() => {}), signOfLifeMs)
  try {
    await sweep(dataDir)
    return await run()
  } finally {
    clearInterval(alive)
    await rm(hold, { recursive: true, force: true })
  }
}

async function isHeld(hold: string): Promise<boolean> {
  const made = await stat(hold).catch(() => undefined)
  if (!made || Date.now() - made.mtimeMs > deadAfterMs) return false
  const [holder] = await readdir(hold).catch(() => [])
  // between making the folder and naming its holder lie milliseconds
  return holder === undefined || isAlive(Number(holder))
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Folders that killed installations left behind; young ones may belong to somebody who is still working. */
async function sweep(dataDir: string): Promise<void> {
  const folder = modelsFolder(dataDir)
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.staging-') && !name.includes('.old-')) continue
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(folder, name), { recursive: true, force: true })
  }
}
