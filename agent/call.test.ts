import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#db/open.ts'
import { run } from '#db/open.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import { findCallDetail, listCalls, orderCall } from '#lib/calls/index.ts'
import { addOwner } from '#lib/calls/testing.ts'
import { encodeWav } from '#lib/voice/audio/wav.ts'
import { createFakeLine, type FakePerson } from '#lib/voice/testing/fake-line.ts'
import { createFakeStt } from '#lib/voice/testing/fakes.ts'
import { createVirtualClock } from '#lib/voice/testing/virtual-clock.ts'
import { openTestDatabase, type TestDatabase, useDatabase } from '../test/databases.ts'
import type { Admission } from './admission.ts'
import { type Incoming, type RunningCall, serveCall } from './call.ts'
import { createOrders } from './orders.ts'
import { createFakeHouse, makeFolder } from './testing.ts'

process.env.OLLAMA_HOST = 'http://127.0.0.1:9'

let opened: TestDatabase
let folder: Awaited<ReturnType<typeof makeFolder>>
let owner: Actor
let calls = 0
beforeAll(async () => {
  opened = await openTestDatabase('memory')
  folder = await makeFolder()
  process.env.RECORDINGS_DIR = folder.path
})
beforeEach(async () => {
  useDatabase(opened.db)
  owner = await addOwner(opened.db)
  // the same number calls again and again here
  const { lines } = opened.db.tables
  await opened.db.write(function* (tx) {
    yield* run(tx.update(lines).set({ isPersistentAllowed: 0 }).where(eq(lines.userId, owner.userId)))
  })
})
afterAll(async () => {
  await opened.close()
  await folder.remove()
})

/** A call on a line whose time is the test's. */
function callIn(
  given: { people?: Record<string, FakePerson>; incoming?: Partial<Incoming>; admission?: Admission } = {},
) {
  const clock = createVirtualClock()
  const line = createFakeLine(clock, given.people)
  const house = { ...createFakeHouse(clock, createFakeStt(clock), folder.path) }
  if (given.admission) house.admission = given.admission
  const callId = `asterisk-${++calls}`
  const orders = createOrders(clock, 'test')
  let running: RunningCall | null = null
  let isDone = false
  const done = serveCall(
    house,
    {
      line,
      callId,
      callerNumber: '+4930111222',
      calledNumber: '100',
      source: 'phone',
      userId: owner.userId,
      ...given.incoming,
    },
    call => {
      running = call
      void call.row.then(row => orders.add(row, call.session))
    },
  ).finally(() => {
    isDone = true
  })
  const advance = async (ms: number) => {
    for (let left = ms; left > 0 && !isDone; left -= 50) {
      await clock.advance(50)
      for (let i = 0; i < 4; i++) await clock.settle()
    }
  }
  const until = async (isThere: () => boolean, mostMs = 60_000) => {
    for (let waited = 0; waited < mostMs && !isThere() && !isDone; waited += 50) await advance(50)
  }
  return {
    clock,
    line,
    house,
    callId,
    advance,
    done,
    orders,
    phase: (phase: string) => until(() => running?.session.state.phase === phase),
    end: () => until(() => false),
    detail: () => findCallDetail(owner, callId),
  }
}

describe('a call on the telephone', () => {
  test('is written down: words, decision, every rung, stages, transcript and end', async () => {
    const call = callIn()
    await call.phase('listening')
    await call.line.says('Hello, this is Anna Becker. I am calling about the invoice for the kitchen.')
    await call.phase('recording')
    await call.line.says('Please send it again.')
    await call.end()
    const detail = await call.detail()
    expect(detail).toMatchObject({
      status: 'completed',
      action: 'voicemail',
      source: 'phone',
      callerName: 'Anna Becker',
    })
    expect(detail.answeredAt).not.toBeNull()
    expect(detail.ladder.map(({ rung }) => rung)).toEqual(
      expect.arrayContaining(['rules', 'people', 'block_list', 'hours', 'conversation']),
    )
    expect(detail.latencyMs).toMatchObject({ heard_to_transcript: 300, answer_to_first_word: expect.any(Number) })
    const kinds = detail.timeline.map(({ kind }) => kind)
    expect(kinds[0]).toBe('received')
    expect(kinds.at(-1)).toBe('ended')
    expect(kinds.filter(kind => kind === 'ended')).toHaveLength(1)
    expect(detail.turns.map(({ who }) => who)).toEqual(['assistant', 'assistant', 'caller', 'assistant', 'assistant'])
  })

  test('whose number is nobody’s goes to the dialplan and leaves no row', async () => {
    const before = (await listCalls(owner, { limit: 50 })).calls.length
    const call = callIn({ incoming: { userId: undefined as never, calledNumber: '999999' } })
    await call.end()
    expect(call.line.log).toEqual(['release'])
    expect((await listCalls(owner, { limit: 50 })).calls.length).toBe(before)
  })

  test('is the third of one caller at once: busy', async () => {
    const first = callIn()
    const second = callIn({ admission: first.house.admission })
    await first.phase('listening')
    await second.phase('listening')
    const third = callIn({ admission: first.house.admission })
    await third.end()
    expect(third.line.log).toEqual(['hang up busy'])
  })

  test('is served while the database is locked, and written down afterwards', async () => {
    const { db } = opened
    let isLocked = true
    const locked: Database = {
      ...db,
      write: work => (isLocked ? Promise.reject(new Error('locked')) : db.write(work)),
    }
    useDatabase(locked)
    const call = callIn()
    await call.phase('listening')
    expect(call.line.heard.at(-1)).toMatch(/\?$/)
    isLocked = false
    await call.advance(5_000)
    call.line.hangsUp()
    await call.end()
    useDatabase(db)
    const detail = await call.detail()
    expect(detail.timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['received', 'answered', 'said', 'ended']),
    )
    expect(detail.timeline.map(({ atMs }) => atMs)).toEqual(
      [...detail.timeline.map(({ atMs }) => atMs)].sort((a, b) => a - b),
    )
  })

  test('is steered by its owner within 250 ms', async () => {
    const call = callIn({ people: { '100': { outcome: 'answered', key: null } } })
    await call.phase('listening')
    await orderCall(owner, call.callId, { kind: 'ask', text: 'What is your order number?' })
    await call.advance(250)
    await call.phase('listening')
    expect(call.line.heard.at(-1)).toBe('What is your order number?')
    await orderCall(owner, call.callId, { kind: 'take' })
    await call.advance(250)
    expect(call.line.log.at(-1)).toBe('dial 100')
    await call.phase('joined')
    call.line.hangsUp()
    await call.end()
    const { action, timeline } = await call.detail()
    expect(action).toBe('forward')
    expect(timeline.filter(({ kind }) => kind === 'command')).toHaveLength(2)
  })

  test('whose caller hangs up while it still rings is closed too', async () => {
    const call = callIn()
    await call.advance(10)
    call.line.hangsUp()
    await call.end()
    expect(await call.detail()).toMatchObject({ status: 'completed', action: null })
  })

  test('keeps a message with its file, and of an empty one nothing', async () => {
    const { recordings } = opened.db.tables
    const rows = async () => opened.db.orm.select().from(recordings).where(eq(recordings.userId, owner.userId))
    const spoken = callIn()
    await spoken.phase('listening')
    spoken.line.presses('1')
    await spoken.phase('recording')
    await expect.poll(rows).toHaveLength(1)
    const [begun] = await rows()
    expect(begun).toMatchObject({ status: 'recording', kind: 'voicemail' })
    const file = join(folder.path, begun!.path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, encodeWav(new Int16Array(32_000).fill(8_000)))
    await spoken.line.says('Hello')
    await spoken.end()
    expect((await rows())[0]).toMatchObject({ status: 'stored' })
    expect((await rows())[0]!.peaks!.length).toBeGreaterThan(50)
    expect(spoken.house.messages).toHaveLength(1)

    await opened.db.write(function* (tx) {
      yield* run(tx.delete(recordings).where(eq(recordings.userId, owner.userId)))
    })
    const silent = callIn()
    await silent.phase('listening')
    silent.line.presses('1')
    await silent.phase('recording')
    await expect.poll(rows).toHaveLength(1)
    const empty = join(folder.path, (await rows())[0]!.path)
    mkdirSync(dirname(empty), { recursive: true })
    writeFileSync(empty, encodeWav(new Int16Array(32_000)))
    await silent.end()
    expect(await rows()).toEqual([])
    expect(existsSync(empty)).toBe(false)
    expect(silent.house.messages).toEqual([])
  })
})
