import { mkdtempSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/accounts/actor.ts'
import { databaseKinds, openTestDatabase, type TestDatabase, useDatabase } from '../../test/databases.ts'
import { stopApart } from './apart.ts'
import {
  applyRetention,
  beginCall,
  beginRecording,
  changeRecording,
  deleteCall,
  finishCall,
  hasRoomToRecord,
  listCalls,
  readAudio,
  receiveCall,
} from './index.ts'
import { addOwner, decides, incoming } from './testing.ts'

const recordings = mkdtempSync(join(tmpdir(), 'acs-recordings-'))
process.env.DATA_DIR = recordings
process.env.RECORDINGS_DIR = recordings

const dayMs = 86_400_000

describe.each(databaseKinds)('recordings and old calls, on %s', kind => {
  let opened: TestDatabase
  let anna: Actor
  let ben: Actor
  beforeAll(async () => {
    opened = await openTestDatabase(kind)
  })
  beforeEach(async () => {
    useDatabase(opened.db)
    anna = await addOwner(opened.db)
    ben = await addOwner(opened.db)
  })
  afterAll(async () => {
    await stopApart(opened.db)
    await opened.close()
  })

  const ring = (callId: string) =>
    beginCall(anna, { callId, callerNumber: '+4930777', calledNumber: '100', source: 'phone' })
  const receive = (owner: Actor, callId: string) =>
    receiveCall(owner, incoming({ call_id: callId }), { decide: decides() })
  const list = (owner: Actor) => listCalls(owner, { limit: 50 })
  const names = async (owner: Actor) => (await list(owner)).calls.map(({ callId }) => callId)

  test('a recording is played in ranges, to its owner alone, and never from outside its folder', async () => {
    const { call, callId } = await ring('recorded')
    await mkdir(join(recordings, 'day'), { recursive: true })
    await writeFile(join(recordings, 'day', `${kind}.wav`), Buffer.from('0123456789'))
    const shared = { call, userId: anna.userId, kind: 'voicemail' as const, rateHz: 16_000, channels: 1 }
    const row = await beginRecording({ ...shared, path: `day/${kind}.wav` })
    const ask = (range?: string, id?: number, owner = anna) =>
      readAudio(owner, callId, id, new Request('http://x', { headers: range ? { range } : {} }))
    await expect(ask()).rejects.toMatchObject({ code: 'not_found' })
    await changeRecording(row.id, { status: 'stored', bytes: 10, durationMs: 1_000 })
    expect(await (await ask()).text()).toBe('0123456789')
    const part = await ask('bytes=2-4')
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
    expect(await (await ask('bytes=-3')).text()).toBe('789')
    expect(await (await ask('bytes=7-')).text()).toBe('789')
    expect(await (await ask('bytes=5-2')).text()).toBe('0123456789')
    expect((await ask('bytes=10-')).status).toBe(416)
    await expect(ask(undefined, row.id, ben)).rejects.toMatchObject({ code: 'not_found' })
    for (const path of ['../../etc/passwd', '/etc/passwd', `day/../../${kind}`]) {
      const outside = await beginRecording({ ...shared, path })
      await expect(ask(undefined, outside.id)).rejects.toMatchObject({ code: 'not_found' })
    }
    expect((await list(anna)).calls[0]).toMatchObject({ callId, hasRecording: true })
    await finishCall(call, anna.userId, { action: 'voicemail', endedBy: 'caller', atMs: 1 })
    await deleteCall(anna, callId)
    expect(await readdir(join(recordings, 'day'))).not.toContain(`${kind}.wav`)
  })

  test('what is older than its house wants to keep it goes, files first; what runs stays', async () => {
    const old = Date.now() - 40 * dayMs
    const { call } = await beginCall(anna, {
      callId: 'old',
      callerNumber: '1',
      calledNumber: '2',
      source: 'phone',
      at: old,
    })
    await beginCall(anna, { callId: 'running', callerNumber: '1', calledNumber: '2', source: 'phone', at: old })
    await receive(anna, 'new')
    await mkdir(join(recordings, 'old'), { recursive: true })
    await writeFile(join(recordings, 'old', `${kind}.wav`), 'x')
    const { id } = await beginRecording({
      call,
      userId: anna.userId,
      kind: 'call',
      path: `old/${kind}.wav`,
      rateHz: 16_000,
      channels: 2,
    })
    await changeRecording(id, { status: 'stored' })
    await finishCall(call, anna.userId, { action: 'forward', endedBy: 'caller', atMs: 1 })
    expect(await applyRetention({ callsDays: null, recordingsDays: null })).toEqual({ calls: 0, recordings: 0 })
    expect(await applyRetention({ callsDays: 30, recordingsDays: 90 })).toEqual({ calls: 1, recordings: 0 })
    expect(await readdir(recordings)).not.toContain('old')
    expect(await names(anna)).toEqual(['new', 'running'])
  })
})

test('below the room that must stay free nothing is recorded', async () => {
  expect(await hasRoomToRecord(recordings, 0)).toBe(true)
  expect(await hasRoomToRecord(recordings, 1e12)).toBe(false)
  expect(await hasRoomToRecord(join(recordings, 'not-there'), 0)).toBe(false)
})
