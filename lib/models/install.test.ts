import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '#lib/voice/adapters/clock.ts'
import { tryModel } from '#lib/voice/adapters/load-test.ts'
import { type ReleaseServer, startReleaseServer } from '#lib/voice/testing/release-server.ts'
import { writeTinyMoonshine, writeTinyVoice } from '#lib/voice/testing/tiny-models.ts'
import { type InstallOptions, importModel, type Progress, pullModel, removeModel } from './install.ts'
import { readLayout } from './layout.ts'
import type { ManifestEntry } from './manifest.ts'
import { modelFolder, readLock } from './store.ts'

let folder: string
let server: ReleaseServer
let archive: Uint8Array
const progress: Progress[] = []

const entry: ManifestEntry = {
  name: 'tiny',
  kind: 'moonshine',
  label: 'Tiny',
  languages: ['en'],
  advice: '',
  repository: 'someone/something',
  tag: 'models',
  archive: 'tiny.tar.gz',
  aboutBytes: 10_000,
  licence: { id: 'MIT', text: '', url: '' },
}

const options = (more: Partial<InstallOptions> = {}): InstallOptions & { acceptsLicence: boolean } => ({
  dataDir: join(folder, 'data'),
  clock: systemClock,
  signal: AbortSignal.timeout(30_000),
  onProgress: one => progress.push(one),
  tryModel: path => readLayout(path),
  now: () => '2026-02-04T12:00:00.000+00:00',
  api: server.api,
  models: [entry],
  acceptsLicence: true,
  pauseMs: 5,
  ...more,
})

const left = async () => (await readdir(join(folder, 'data', 'models'))).sort()

async function pack(write: (path: string) => Promise<void>, name = 'tiny-model'): Promise<Uint8Array> {
  const place = await mkdtemp(join(folder, 'pack-'))
  await write(join(place, name))
  // so that a cut in the middle is one
  await writeFile(
    join(place, name, 'padding.bin'),
    createHash('sha256').update('x').digest().toString('hex').repeat(3000),
  )
  await create({ gzip: { level: 0 }, cwd: place, file: join(place, 'a.tar.gz') }, [name])
  return readFile(join(place, 'a.tar.gz'))
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'))
  server = await startReleaseServer()
  archive = await pack(writeTinyMoonshine)
  server.publish('tiny.tar.gz', archive)
  progress.length = 0
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

test('a model is looked up, downloaded, checked, unpacked, tried and pinned', async () => {
  const { model, isFirstTrusted } = await pullModel('tiny', options({ tryModel }))
  expect(isFirstTrusted).toBe(false)
  expect(model).toMatchObject({
    name: 'tiny',
    kind: 'moonshine',
    digestFrom: 'release',
    sha256: createHash('sha256').update(archive).digest('hex'),
  })
  expect([...new Set(progress.map(({ step }) => step))]).toEqual([
    'looking_up',
    'downloading',
    'checking',
    'unpacking',
    'trying',
    'installed',
  ])
  expect((await readLock(join(folder, 'data'))).models.tiny).toEqual(model)
  expect(await left()).toEqual(['.downloads', 'lock.json', 'tiny'])
  expect(await readdir(join(folder, 'data', 'models', '.downloads'))).toEqual([])
})

test('nothing is downloaded before the licence is accepted', async () => {
  await expect(pullModel('tiny', options({ ...{ acceptsLicence: false } } as object))).rejects.toThrow(
    'was not accepted',
  )
  expect(server.ranges).toEqual([])
})

test('a download that is cut goes on where it stopped', async () => {
  server.trouble({ kind: 'cut', after: 100_000 })
  await pullModel('tiny', options())
  expect(server.ranges.length).toBe(2)
  expect(server.ranges[1]).toMatch(/^bytes=\d{4,6}-$/)
})

test('a download of a killed process goes on where it stopped', async () => {
  const stop = new AbortController()
  server.trouble({ kind: 'stall', after: 90_000 })
  const first = pullModel('tiny', options({ signal: stop.signal }))
  while (!progress.some(one => one.step === 'downloading' && one.done >= 90_000)) {
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  stop.abort(new Error('killed'))
  await expect(first).rejects.toThrow('killed')
  await pullModel('tiny', options())
  expect(server.ranges[1]).toBe('bytes=90000-')
})

test('a part of another version of the file is not continued', async () => {
  const stop = new AbortController()
  server.trouble({ kind: 'stall', after: 90_000 })
  const first = pullModel('tiny', options({ signal: stop.signal }))
  while (!progress.some(one => one.step === 'downloading')) await new Promise(resolve => setTimeout(resolve, 5))
  stop.abort(new Error('killed'))
  await expect(first).rejects.toThrow('killed')
  server.publish('tiny.tar.gz', await pack(writeTinyMoonshine, 'another-name'))
  await pullModel('tiny', options())
  expect((await readLock(join(folder, 'data'))).models.tiny).toBeDefined()
})

test('a server that ignores ranges, answers another part or falls silent costs time only', async () => {
  for (const kind of ['ignore_range', 'wrong_range'] as const) {
    server.trouble({ kind: 'cut', after: 60_000 })
    const pull = pullModel('tiny', options({ pauseMs: 60 }))
    while (server.ranges.length === 0) await new Promise(resolve => setTimeout(resolve, 2))
    server.trouble({ kind })
    await pull
    server.trouble({ kind: 'none' })
    server.ranges.length = 0
  }
  server.trouble({ kind: 'stall', after: 50_000 })
  await pullModel('tiny', options({ stalledAfterMs: 100 }))
})

test('a file with the wrong digest is thrown away and nothing is installed', async () => {
  server.publish('tiny.tar.gz', archive, { digest: `sha256:${'0'.repeat(64)}` })
  await expect(pullModel('tiny', options())).rejects.toThrow('is not what was published')
  expect((await readLock(join(folder, 'data'))).models).toEqual({})
  expect(await readdir(join(folder, 'data', 'models', '.downloads'))).toEqual([])
})

test('without a published digest the first download is trusted, and only what is the same afterwards', async () => {
  server.publish('tiny.tar.gz', archive, { digest: null })
  expect((await pullModel('tiny', options())).isFirstTrusted).toBe(true)
  expect((await pullModel('tiny', options())).isFirstTrusted).toBe(false)
  await removeModel(join(folder, 'data'), 'tiny')
  server.publish('tiny.tar.gz', await pack(writeTinyMoonshine, 'exchanged'), { digest: null })
  await expect(pullModel('tiny', options())).rejects.toThrow('is not what was published')
})

test('more bytes than promised, a missing file and a refusal end it with a sentence', async () => {
  server.trouble({ kind: 'too_long' })
  await expect(pullModel('tiny', options())).rejects.toThrow('The server sent more than')
  server.trouble({ kind: 'status', status: 404 })
  await expect(pullModel('tiny', options())).rejects.toThrow('answered 404')
  server.trouble({ kind: 'status', status: 503 })
  await expect(pullModel('tiny', options())).rejects.toThrow('cut again and again')
  await expect(pullModel('nothing', options())).rejects.toThrow('There is no model called nothing. Known: tiny.')
  await expect(pullModel('tiny', options({ models: [{ ...entry, archive: 'gone.tar.gz' }] }))).rejects.toThrow(
    'holds no gone.tar.gz',
  )
})

test('a model larger than the disk is not begun', async () => {
  server.publish('tiny.tar.gz', archive, { size: 1e15 })
  await expect(pullModel('tiny', options())).rejects.toThrow('There is too little space')
  expect(server.ranges).toEqual([])
})

test('a model that does not load is not installed, and the one before stays', async () => {
  await pullModel('tiny', options({ tryModel }))
  const broken = await pack(async path => {
    await writeTinyMoonshine(path)
    await writeFile(join(path, 'encode.int8.onnx'), 'this is no model')
  })
  server.publish('tiny.tar.gz', broken, { digest: null })
  await rm(join(folder, 'data', 'models', 'lock.json'))
  await expect(pullModel('tiny', options({ tryModel }))).rejects.toThrow(/^Tiny stopped/)
  expect((await readLayout(modelFolder(join(folder, 'data'), 'tiny'))).kind).toBe('moonshine')
  expect((await left()).filter(name => name.startsWith('.staging'))).toEqual([])
})

test('two pulls of one model do not meet', async () => {
  const [one, other] = await Promise.allSettled([pullModel('tiny', options()), pullModel('tiny', options())])
  expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected'])
  expect(await left()).not.toContain('.hold-tiny')
  const hold = join(folder, 'data', 'models', '.hold-tiny')
  await mkdir(join(hold, '999999999'), { recursive: true })
  await pullModel('tiny', options())
  await mkdir(join(hold, String(process.pid)), { recursive: true })
  await expect(pullModel('tiny', options())).rejects.toThrow('is being installed already')
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(hold, longAgo, longAgo)
  await pullModel('tiny', options())
})

test('an archive from a stick is imported, checked against its pin, and removed again', async () => {
  const path = join(folder, 'tiny.tar.gz')
  await writeFile(path, archive)
  expect((await importModel(path, options({ tryModel }))).digestFrom).toBe('import')
  await writeFile(path, await pack(writeTinyMoonshine, 'other'))
  await expect(importModel(path, options())).rejects.toThrow('is not the archive that was expected')
  await expect(importModel(join(folder, 'none'), options())).rejects.toThrow('There is no file')
  await writeFile(join(folder, 'x.tar'), archive)
  await expect(importModel(join(folder, 'x.tar'), options())).rejects.toThrow('Say which model it is')
  await removeModel(join(folder, 'data'), 'tiny')
  await expect(removeModel(join(folder, 'data'), 'tiny')).rejects.toThrow('tiny is not installed.')
  await expect(removeModel(join(folder, 'data'), '__proto__')).rejects.toThrow('is not installed.')
  expect(await left()).toEqual(['lock.json'])
})

test('a voice is tried by letting it speak', async () => {
  const voice: ManifestEntry = { ...entry, name: 'hum', kind: 'vits', languages: ['de'], archive: 'hum.tar.gz' }
  server.publish('hum.tar.gz', await pack(writeTinyVoice))
  const { model } = await pullModel('hum', options({ tryModel, models: [voice] }))
  expect(model.kind).toBe('vits')
})
