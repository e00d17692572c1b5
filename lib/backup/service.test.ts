import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asking, bearer, type Person, password } from '../../test/asking.ts'
import { env } from '../env.ts'
import type { BackupList } from './contract.ts'
import { restoreBackup, verifyBackup } from './index.ts'

const { ask, newChief, newUser, web } = asking()
let chief: Person
let member: Person
let folder: string
beforeAll(async () => {
  chief = await newChief()
  member = await newUser()
  folder = mkdtempSync(join(tmpdir(), 'ai-call-download-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const as = (person: Person) => bearer(person.token)
const list = async () => (await ask('GET', '/api/v1/backups', undefined, as(chief))).json as unknown as BackupList
const download = (name: string, proof: string, person = chief) =>
  fetch(`${web().url}/api/v1/backups/${name}/download`, {
    method: 'POST',
    headers: as(person),
    body: JSON.stringify({ password: proof }),
  })

describe('backups of the administrator', { timeout: 60_000 }, () => {
  it('are for nobody else', async () => {
    const name = 'ai-call-20260204120000.tar.gz'
    for (const [method, path, body] of [
      ['GET', '/api/v1/backups', undefined],
      ['POST', '/api/v1/backups', {}],
      ['DELETE', `/api/v1/backups/${name}`, undefined],
      ['POST', `/api/v1/backups/${name}/download`, { password }],
    ] as const)
      expect((await ask(method, path, body, as(member))).status).toBe(403)
  })

  it('are made beside the running service, listed, downloaded with the password, and removed', async () => {
    expect(await list()).toMatchObject({ isSupported: true, backups: [], job: null })
    const started = await ask('POST', '/api/v1/backups', {}, as(chief))
    expect(started).toMatchObject({ status: 202, json: { state: 'running', isNightly: false } })
    expect((await ask('POST', '/api/v1/backups', {}, as(chief))).status).toBe(409)
    await expect.poll(async () => (await list()).job?.state, { timeout: 40_000 }).toBe('done')

    const { backups, folder: shelf } = await list()
    expect(backups).toHaveLength(1)
    const { name, bytes } = backups[0]!
    expect(statSync(join(shelf, name)).mode & 0o777).toBe(0o600)
    expect(readdirSync(shelf)).toEqual([name])

    expect((await download(name, 'not the password')).status).toBe(403)
    const file = await download(name, password)
    expect(file.headers.get('content-disposition')).toContain(name)
    const content = Buffer.from(await file.arrayBuffer())
    expect(content.length).toBe(bytes)
    writeFileSync(join(folder, name), content)
    expect(await verifyBackup(join(folder, name))).toMatchObject({ users: 2 })

    expect((await ask('DELETE', `/api/v1/backups/${name}`, undefined, as(chief))).status).toBe(204)
    expect((await ask('DELETE', `/api/v1/backups/${name}`, undefined, as(chief))).status).toBe(404)
    expect((await list()).backups).toEqual([])
    const { json } = await ask('GET', '/api/v1/audit', undefined, as(chief))
    const { entries } = json as unknown as { entries: { action: string; target: string; username: string }[] }
    expect(entries.filter(({ target }) => target === name).map(({ action, username }) => [action, username])).toEqual([
      ['backups.removed', 'chief'],
      ['backups.downloaded', 'chief'],
      ['backups.created', 'chief'],
    ])
  })

  it.each(['..%2Fusers.db', '%2e%2e', 'users.db', 'ai-call-20260204120000.tar.gz'])('has no %s', async name => {
    expect((await download(name, password)).status).toBe(404)
  })

  it('are not put in the place of a database that is in use', async () => {
    const copy = join(folder, 'users.db')
    const { DATA_DIR: dataDir, RECORDINGS_DIR: recordingsDir } = env()
    const open = new SQLite(join(dataDir, 'users.db'), { readonly: true })
    await open.backup(copy)
    open.close()
    await expect(restoreBackup(copy, { dataDir, recordingsDir })).rejects.toThrow(/running: stop it first/)
    expect(readdirSync(dataDir)).toContain('users.db')
  })
})
