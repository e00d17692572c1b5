import { existsSync } from 'node:fs'
import { readFile, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { run } from '#db/open.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import { beginCall, beginRecording, changeRecording, findCallDetail, finishCall } from '#lib/calls/index.ts'
import { addOwner } from '#lib/calls/testing.ts'
import { decodeWav, encodeWav } from '#lib/voice/audio/wav.ts'
import type { Stt } from '#lib/voice/ports.ts'
import { createVirtualClock } from '#lib/voice/testing/virtual-clock.ts'
import { openTestDatabase, type TestDatabase, useDatabase } from '../test/databases.ts'
import { importFallbackRecordings, recoverRecordings } from './recovery.ts'
import { makeFolder, writeRecording } from './testing.ts'
import { createTranscripts, cutInPieces, summarise } from './transcripts.ts'

process.env.OLLAMA_HOST = 'http://127.0.0.1:9'

let opened: TestDatabase
let folder: Awaited<ReturnType<typeof makeFolder>>
let owner: Actor
let count = 0
beforeAll(async () => {
  folder = await makeFolder()
  process.env.RECORDINGS_DIR = folder.path
})
beforeEach(async () => {
  opened = await openTestDatabase('memory')
  useDatabase(opened.db)
  owner = await addOwner(opened.db)
})
afterAll(() => folder.remove())

const second = new Int16Array(16_000).map((_, i) => Math.round(9_000 * Math.sin(i / 9)))

/** A call whose message is on the disk: written to its end, or left by a killed process. */
async function message({ isKilled = false, samples = second, agoMs = 60_000 } = {}) {
  const callId = `m${++count}`
  const { userId } = owner
  const { call } = await beginCall(owner, { callId, callerNumber: '+4930111', calledNumber: '100', source: 'phone' })
  const path = `${userId}/${callId}.wav`
  const file = join(folder.path, path)
  const { id } = await beginRecording({ call, userId, kind: 'voicemail', path, rateHz: 16_000, channels: 1 })
  await writeRecording(file, samples, { isKilled })
  const at = new Date(Date.now() - agoMs)
  await utimes(file, at, at)
  if (!isKilled) {
    await changeRecording(id, { status: 'stored', bytes: 1, durationMs: 1_000 })
    await finishCall(call, userId, { action: 'voicemail', endedBy: 'caller', atMs: 9_000 })
  }
  return { callId, call, id, file, detail: () => findCallDetail(owner, callId), row: () => recordingRow(id) }
}

async function recordingRow(id: number) {
  const rows = await opened.db.orm.select().from(opened.db.tables.recordings)
  return rows.find(row => row.id === id)
}

const hears = (text: string | Error): Stt => ({
  name: 'test',
  async transcribe() {
    if (text instanceof Error) throw text
    return { text, tookMs: 1 }
  },
  async close() {},
})

describe('a recording whose process was killed', () => {
  test('is mended, counts as a message, and its call is closed', async () => {
    const left = await message({ isKilled: true })
    expect(await recoverRecordings()).toBe(1)
    expect(await left.row()).toMatchObject({ status: 'stored', durationMs: 1_000, bytes: 44 + 32_000 })
    const { samples } = decodeWav(await readFile(left.file))
    expect(samples.length).toBe(16_000)
    expect(new DataView((await readFile(left.file)).buffer).getUint32(40, true)).toBeDefined()
    const detail = await left.detail()
    expect(detail).toMatchObject({ status: 'completed', action: 'voicemail' })
    expect(detail.timeline.map(({ kind }) => kind)).toEqual(['received', 'voicemail', 'ended'])
    expect(await recoverRecordings()).toBe(0)
  })

  test('is left alone while it is still being written', async () => {
    const running = await message({ isKilled: true, agoMs: 500 })
    expect(await recoverRecordings()).toBe(0)
    expect(await running.row()).toMatchObject({ status: 'recording' })
  })

  test('is forgotten when it holds nothing', async () => {
    const empty = await message({ isKilled: true, samples: new Int16Array(100) })
    expect(await recoverRecordings()).toBe(0)
    expect(await empty.row()).toBeUndefined()
    expect(existsSync(empty.file)).toBe(false)
  })

  test('does not keep the others from being saved', async () => {
    const bad = await message({ isKilled: true })
    await opened.db.write(function* (tx) {
      yield* run(tx.update(opened.db.tables.recordings).set({ path: '../../etc/passwd' }))
    })
    const good = await message({ isKilled: true })
    await recoverRecordings()
    expect(await good.row()).toMatchObject({ status: 'stored' })
    expect((await bad.row())?.status).not.toBe('stored')
  })
})

describe('a message becomes text', () => {
  test('with who, why and the number to call back', async () => {
    const { detail, row } = await message()
    const stt = hears('Hello, this is Anna Becker. I am calling about the invoice. Please call me back on 030 1234567.')
    const transcripts = createTranscripts({ clock: createVirtualClock(), ears: () => stt })
    transcripts.wake()
    await vi.waitFor(async () => expect(await row()).toMatchObject({ status: 'transcribed' }), 5_000)
    transcripts.close()
    expect(await detail()).toMatchObject({ callerName: 'Anna Becker', callbackNumber: '+49301234567' })
    expect((await detail()).summary).toMatch(/invoice/)
    expect((await detail()).turns.at(-1)).toMatchObject({
      who: 'caller',
      text: expect.stringMatching(/^Hello, this is/),
    })
  })

  test('later, when there are no ears yet', async () => {
    const { row } = await message()
    const clock = createVirtualClock()
    let stt: Stt | null = null
    const transcripts = createTranscripts({ clock, ears: () => stt })
    transcripts.wake()
    await clock.advance(60_000)
    expect(await row()).toMatchObject({ status: 'stored', attempts: 0 })
    stt = hears('Hello')
    await vi.waitFor(async () => {
      await clock.advance(20_000)
      expect(await row()).toMatchObject({ status: 'transcribed' })
    }, 5_000)
    transcripts.close()
  })

  test('or is given up after five attempts, and keeps its sound', async () => {
    const { row, file } = await message()
    const clock = createVirtualClock()
    const transcripts = createTranscripts({ clock, ears: () => hears(new Error('broken')) })
    transcripts.wake()
    await vi.waitFor(async () => {
      await clock.advance(20_000)
      expect(await row()).toMatchObject({ attempts: 5 })
    }, 5_000)
    for (let i = 0; i < 5; i++) await clock.advance(20_000)
    expect(await row()).toMatchObject({ status: 'stored', attempts: 5 })
    expect(existsSync(file)).toBe(true)
    transcripts.close()
  })

  test('in pieces that lose nothing', () => {
    const long = new Int16Array(16_000 * 130).map((_, i) => (i % 997) - 500)
    const pieces = cutInPieces(long)
    expect(pieces.length).toBeGreaterThan(4)
    expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(long.length)
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(16_000 * 25)
    expect(cutInPieces(new Int16Array(10))).toHaveLength(1)
  })

  test('whose first sentence is its summary', () => {
    expect(summarise('Call me. It is urgent.')).toBe('Call me.')
    expect(summarise('no stops here')).toBe('no stops here')
    expect(summarise('word '.repeat(100)).length).toBeLessThanOrEqual(140)
  })
})

describe('a message that the dialplan took', () => {
  const found = (calledNumber: string) => {
    const removed: string[] = []
    const wav = encodeWav(new Int16Array(16_000), 8_000)
    return {
      removed,
      recording: {
        name: `ai-call-fallback~1~${++count}`,
        recordedAt: new Date('2026-03-01T10:00:00Z'),
        callerNumber: '+4930999',
        calledNumber,
        fetch: async () => wav.buffer.slice(0) as ArrayBuffer,
        remove: async () => void removed.push('removed'),
      },
    }
  }

  test('comes into the inbox of the line it was for, once', async () => {
    const { lineNumbers, lines } = opened.db.tables
    const [line] = await opened.db.orm.select().from(lines)
    await opened.db.write(function* (tx) {
      yield* run(tx.insert(lineNumbers).values({ lineId: line!.id, number: '+4930555' }))
    })
    const { recording, removed } = found('+4930555')
    expect(await importFallbackRecordings([recording], folder.path)).toBe(1)
    expect(removed).toEqual(['removed'])
    const detail = await findCallDetail(owner, recording.name)
    expect(detail).toMatchObject({ action: 'voicemail', timestamp: '2026-03-01T10:00:00.000+00:00' })
    expect(detail.recordings).toMatchObject([{ kind: 'voicemail', durationMs: 2_000, status: 'stored' }])
  })

  test('stays where it is when nobody owns the number', async () => {
    const { recording, removed } = found('+49999')
    expect(await importFallbackRecordings([recording], folder.path)).toBe(0)
    expect(removed).toEqual([])
  })
})
