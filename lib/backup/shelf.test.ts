import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { beginBackup, lastJob, stopBackup } from './jobs.ts'
import { isBackupDue } from './nightly.ts'
import { backupName, checkRoom, findOnShelf, listShelf, pruneShelf, tidyShelf } from './shelf.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-call-shelf-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const hourMs = 3_600_000
const at = Date.parse('2026-02-04T12:00:00Z')
const put = (atMs: number) => writeFileSync(join(folder, backupName(atMs)), 'x'.repeat(10))

test('the shelf shows backups, newest first, and nothing else that lies there', async () => {
  for (const days of [2, 0, 1]) put(at - days * 24 * hourMs)
  writeFileSync(join(folder, 'notes.txt'), 'mine')
  mkdirSync(join(folder, 'ai-call-20260101000000.tar.gz'))
  expect(await listShelf(folder)).toEqual([
    { name: 'ai-call-20260204120000.tar.gz', bytes: 10, createdAt: '2026-02-04T12:00:00.000+00:00' },
    { name: 'ai-call-20260203120000.tar.gz', bytes: 10, createdAt: '2026-02-03T12:00:00.000+00:00' },
    { name: 'ai-call-20260202120000.tar.gz', bytes: 10, createdAt: '2026-02-02T12:00:00.000+00:00' },
  ])
  expect(await listShelf(join(folder, 'absent'))).toEqual([])
})

test('only the newest stay, and what is not ours is left alone', async () => {
  for (const days of [0, 1, 2, 3]) put(at - days * 24 * hourMs)
  writeFileSync(join(folder, 'ai-call-mine.tar.gz'), '')
  expect(await pruneShelf(folder, 2)).toEqual(['ai-call-20260202120000.tar.gz', 'ai-call-20260201120000.tar.gz'])
  expect(readdirSync(folder)).toContain('ai-call-mine.tar.gz')
  await pruneShelf(folder, 0)
  expect(await listShelf(folder)).toHaveLength(1)
})

test.each(['../users.db', '..', 'ai-call-20260204120000.tar.gz/../../users.db', 'users.db', '', 'ai-call-2026.tar.gz'])(
  'the name %j leads nowhere',
  async name => {
    await expect(findOnShelf(folder, name)).rejects.toThrow('There is no such backup.')
  },
)

test('what killed backups left goes, and what a living one makes stays; the folder is private', async () => {
  mkdirSync(join(folder, '.making-999999999-abc'))
  mkdirSync(join(folder, `.making-${process.pid}-abc`))
  symlinkSync('/etc', join(folder, '.making-x'))
  await tidyShelf(folder)
  expect(readdirSync(folder).sort()).toEqual([`.making-${process.pid}-abc`, '.making-x'].sort())
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('a disk without room is told about before anything is written', async () => {
  await checkRoom(folder, 10, 0)
  await expect(checkRoom(folder, 2 ** 60, 0)).rejects.toThrow(/no room for a backup: it needs \d+ MB/)
  expect(readdirSync(folder)).toEqual([])
})

test('a backup is due once a night, and at any hour when a night was missed', () => {
  const due = (hours: number, hour: number) => isBackupDue({ sinceMs: at - hours * hourMs, atMs: at, hour })
  expect([due(24, 3), due(20, 2), due(40, 15)]).toEqual([true, true, true])
  expect([due(1, 3), due(19, 4), due(30, 12), due(24, 5), due(-5, 3)]).toEqual([false, false, false, false, false])
})

test('one backup is made at a time; a failure is a sentence, and stopping ends the one that runs', async () => {
  let finish = (_name: string) => {}
  const done: string[] = []
  const run = () => new Promise<string>(resolve => (finish = resolve))
  const settled = async (name: string) => void done.push(name)
  beginBackup({ withRecordings: false, isNightly: false }, settled, run)
  expect(() => beginBackup({ withRecordings: false, isNightly: true }, settled, run)).toThrow(/being made already/)
  finish('ai-call-1')
  await expect.poll(() => lastJob()?.state).toBe('done')
  expect(done).toEqual(['ai-call-1'])

  const fail = async () => Promise.reject(new Error('There is no room.'))
  beginBackup({ withRecordings: false, isNightly: false }, settled, fail)
  await expect.poll(() => lastJob()).toMatchObject({ state: 'failed', message: 'There is no room.' })

  beginBackup({ withRecordings: true, isNightly: false }, settled, ({ signal }) => {
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('interrupted'))))
  })
  await stopBackup()
  expect(lastJob()?.state).toBe('failed')
})
