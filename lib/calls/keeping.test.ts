import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { run } from '#db/open.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import { databaseKinds, openTestDatabase, type TestDatabase, useDatabase } from '../../test/databases.ts'
import { toInstant } from '../instant.ts'
import { stopApart } from './apart.ts'
import type { CallFilters } from './contract.ts'
import {
  appendEvents,
  askWhatIf,
  beginCall,
  changeCall,
  claimCommands,
  completeCommand,
  deleteCall,
  exportCalls,
  findCallDetail,
  finishCall,
  listCalls,
  markRead,
  orderCall,
  readStats,
  receiveCall,
  searchCalls,
} from './index.ts'
import { addOwner, decides, incoming } from './testing.ts'

const dayMs = 86_400_000

describe.each(databaseKinds)('calls that are kept, on %s', kind => {
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

  const receive = (owner: Actor, callId: string, part: Parameters<typeof decides>[0] = {}, words?: string) =>
    receiveCall(owner, incoming({ call_id: callId, ...(words ? { transcript: words } : {}) }), {
      decide: decides(part),
    })
  const list = (owner: Actor, filters: CallFilters & { cursor?: string } = {}, limit = 50) =>
    listCalls(owner, { limit, ...filters })
  const names = async (owner: Actor, filters: CallFilters = {}) =>
    (await list(owner, filters)).calls.map(({ callId }) => callId)

  /** A telephone call that is running. */
  const ring = async (callId: string) => ({
    ...(await beginCall(anna, { callId, callerNumber: '+4930777', calledNumber: '100', source: 'phone' })),
  })

  test('come in pages, newest first, without gaps or doubles while new ones arrive', async () => {
    for (let i = 1; i <= 7; i++) await receive(anna, `c${i}`)
    const first = await list(anna, {}, 3)
    await receive(anna, 'c8')
    const second = await list(anna, { cursor: first.nextCursor! }, 3)
    const third = await list(anna, { cursor: second.nextCursor! }, 3)
    expect([first, second, third].map(page => page.calls.map(({ callId }) => callId))).toEqual([
      ['c7', 'c6', 'c5'],
      ['c4', 'c3', 'c2'],
      ['c1'],
    ])
    expect(third.nextCursor).toBeNull()
    expect(first.unread).toBe(7)
  })

  test.each(['', 'x', 'AAAA', 'bm90IGEgcGxhY2U', '../..'])('a cursor that is none (%s) is a sentence', async cursor => {
    await expect(list(anna, { cursor })).rejects.toMatchObject({ code: 'bad_request' })
  })

  test('are filtered by what happened, from where, when and whether they were read', async () => {
    await receive(anna, 'put-through', { action: 'forward' })
    await receive(anna, 'refused', { action: 'block', facts: { urgency: 'low', isSales: true, isSuspicious: false } })
    await receive(anna, 'asked', { action: 'ask_question' })
    await changeCall(anna, 'refused', { isRead: true })
    expect(await names(anna, { action: 'forward' })).toEqual(['put-through'])
    expect(await names(anna, { status: 'in_progress' })).toEqual(['asked'])
    expect(await names(anna, { urgency: 'low' })).toEqual(['refused'])
    expect(await names(anna, { unread: true })).toEqual(['asked', 'put-through'])
    expect(await names(anna, { unread: false })).toEqual(['refused'])
    expect(await names(anna, { source: 'phone' })).toEqual([])
    expect(await names(anna, { caller: '+4930123456' })).toHaveLength(3)
    expect(await names(anna, { from: toInstant(Date.now() + dayMs) })).toEqual([])
    expect(await names(anna, { to: toInstant(Date.now() + dayMs) })).toHaveLength(3)
    await changeCall(anna, 'asked', { isArchived: true })
    expect(await names(anna)).toEqual(['refused', 'put-through'])
    expect(await names(anna, { archived: true })).toEqual(['asked'])
  })

  test('are found by the beginning of a word, without accents and case, and by any part of a number', async () => {
    const facts = {
      callerName: 'Zoë Müller',
      organisation: 'Zahnärzte Straßburg',
      urgency: 'normal' as const,
      isSales: false,
      isSuspicious: false,
    }
    await receive(anna, 'dentist', { facts }, 'Please call me back about Tuesday.')
    await receive(anna, 'other', {}, 'A parcel for you.')
    await receive(ben, 'foreign', { facts }, 'Please call me back about Tuesday.')
    for (const q of [
      'zoe',
      'ZOË mül',
      'zahnarzt',
      'strass',
      'tues',
      'call back',
      '30 123',
      '030 123456',
      '+49 30',
      '123456 zoe',
    ]) {
      expect(
        (await searchCalls(anna, q)).calls.map(({ callId }) => callId),
        q,
      ).toContain('dentist')
    }
    expect(await names(anna, { q: 'parcel' })).toEqual(['other'])
    expect(await names(anna, { q: 'zoe parcel' })).toEqual([])
    expect(await names(anna, { q: 'zoe', action: 'forward' })).toEqual([])
    expect(await names(ben, { q: 'parcel' })).toEqual([])
  })

  test('are found by a note that was written later, and not by one that was taken back', async () => {
    await receive(anna, 'c1')
    await changeCall(anna, 'c1', { note: 'Bring the blue folder' })
    expect(await names(anna, { q: 'folder' })).toEqual(['c1'])
    await changeCall(anna, 'c1', { note: null })
    expect(await names(anna, { q: 'folder' })).toEqual([])
    await deleteCall(anna, 'c1')
    expect(await names(anna, { q: '123456' })).toEqual([])
  })

  test.each(['"', "'", '*', 'a" OR owner:u1', 'NEAR(a b)', ') OR (', '& | !', '\\', '%', '🙂', '   ', ':*', 'words:x'])(
    'searching for %s is a search like any other',
    async q => {
      await receive(anna, 'c1', {}, 'nothing of the kind')
      expect((await list(anna, { q })).calls.length).toBeLessThanOrEqual(1)
    },
  )

  test('search results come in pages too', async () => {
    for (let i = 1; i <= 5; i++) await receive(anna, `c${i}`, {}, 'parcel')
    const first = await list(anna, { q: 'parcel' }, 3)
    const second = await list(anna, { q: 'parcel', cursor: first.nextCursor! }, 3)
    expect([...first.calls, ...second.calls].map(({ callId }) => callId)).toEqual(['c5', 'c4', 'c3', 'c2', 'c1'])
    expect(second.nextCursor).toBeNull()
  })

  test('are read, annotated and corrected by their owner alone; a correction is kept as a case', async () => {
    await receive(anna, 'c1', { action: 'block' }, 'It is urgent')
    const { evalCases } = opened.db.tables
    await expect(changeCall(ben, 'c1', { isRead: true })).rejects.toMatchObject({ code: 'not_found' })
    await expect(deleteCall(ben, 'c1')).rejects.toMatchObject({ code: 'not_found' })
    const changed = await changeCall(anna, 'c1', { isRead: true, note: ' mine ', correction: 'forward' })
    expect(changed).toMatchObject({ isRead: true, note: 'mine', correction: 'forward' })
    const cases = () => opened.db.orm.select().from(evalCases).where(eq(evalCases.userId, anna.userId))
    expect((await cases())[0]?.data).toMatchObject({
      language: 'en',
      says: ['It is urgent'],
      allowed: ['forward'],
      forbidden: ['block'],
    })
    await changeCall(anna, 'c1', { correction: 'voicemail' })
    expect(await cases()).toHaveLength(1)
    await changeCall(anna, 'c1', { correction: null })
    expect(await cases()).toEqual([])
  })

  test('cannot be given a person of somebody else', async () => {
    await receive(anna, 'c1')
    await expect(changeCall(anna, 'c1', { personId: 999_999 })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('are marked as read together, each owner’s own', async () => {
    for (const id of ['a', 'b', 'c']) await receive(anna, id)
    await receive(ben, 'a')
    await markRead(anna, { callIds: ['a', 'b'] })
    expect((await list(anna)).unread).toBe(1)
    await markRead(anna, {})
    expect((await list(anna)).unread).toBe(0)
    expect((await list(ben)).unread).toBe(1)
  })

  test('an order reaches one agent once, in order, and only for a call that runs', async () => {
    const { call } = await ring('live')
    await receive(anna, 'over')
    await orderCall(anna, 'live', { kind: 'ask', text: 'Which number?' })
    await orderCall(anna, 'live', { kind: 'take' })
    await expect(orderCall(anna, 'over', { kind: 'take' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(orderCall(ben, 'live', { kind: 'take' })).rejects.toMatchObject({ code: 'not_found' })
    const claimed = (await Promise.all([claimCommands('a'), claimCommands('b')]))
      .flat()
      .filter(order => order.call === call)
    expect(claimed.map(({ kind }) => kind)).toEqual(['ask', 'take'])
    expect(claimed[0]).toMatchObject({ kind: 'ask', text: 'Which number?', userId: anna.userId })
    expect(await claimCommands('c')).toEqual([])
    await completeCommand(claimed[0]!.id, 'done')
  })

  test('nobody is told to have taken a call that can ring nothing', async () => {
    const { lines, destinations, callCommands } = opened.db.tables
    const [line] = await opened.db.orm.select().from(lines).where(eq(lines.userId, anna.userId))
    const from = { callerNumber: '+4930777', calledNumber: '100', lineId: line!.id }
    const spoken = await beginCall(anna, { ...from, callId: 'spoken', source: 'try' })
    await expect(orderCall(anna, 'spoken', { kind: 'take' })).rejects.toThrow(/take it in the browser/)
    await orderCall(anna, 'spoken', { kind: 'take', browser: true })

    const rung = await beginCall(anna, { ...from, callId: 'rung', source: 'phone' })
    await orderCall(anna, 'rung', { kind: 'take' })
    await expect(orderCall(anna, 'rung', { kind: 'take', destination: '0900123' })).rejects.toThrow(/not among/)
    await opened.db.write(function* (tx) {
      yield* run(tx.delete(destinations).where(eq(destinations.lineId, line!.id)))
    })
    await expect(orderCall(anna, 'rung', { kind: 'take' })).rejects.toThrow(/no destination to ring/)
    await orderCall(anna, 'rung', { kind: 'take', browser: true })
    const orders = await opened.db.orm.select().from(callCommands).where(eq(callCommands.userId, anna.userId))
    expect(orders.map(({ call }) => call)).toEqual([spoken.call, rung.call, rung.call])
  })

  test('a running call is written down as it happens and closed at its end', async () => {
    const { call, callId } = await ring('live')
    await appendEvents(
      call,
      anna.userId,
      [
        { atMs: 700, kind: 'answered', data: {} },
        { atMs: 900, kind: 'said', data: { turn: 0, text: 'Hello.', heardMs: 400, cut: 'This is' } },
        { atMs: 1_000, kind: 'hearing', data: { turn: 1, text: 'An' } },
        { atMs: 2_000, kind: 'heard', data: { turn: 1, text: 'Anna' } },
      ],
      { callerName: 'Anna', transcript: 'Caller: Anna' },
    )
    expect(await findCallDetail(anna, callId)).toMatchObject({ isSteerable: true, status: 'in_progress' })
    await finishCall(call, anna.userId, { action: 'voicemail', endedBy: 'caller', atMs: 5_000 })
    const detail = await findCallDetail(anna, callId)
    expect(detail).toMatchObject({ status: 'completed', durationMs: 5_000, isSteerable: false, callerName: 'Anna' })
    expect(detail.turns).toMatchObject([
      { who: 'assistant', heardMs: 400, cut: 'This is' },
      { who: 'caller', text: 'Anna' },
    ])
    expect(detail.timeline.map(({ kind }) => kind)).toEqual(['received', 'answered', 'said', 'heard', 'ended'])
    expect((await ring('live')).callId).toBe('live-2')
  })

  test('what if: decided again without touching anything', async () => {
    await receive(anna, 'c1', { action: 'block' }, 'Hello')
    const before = await findCallDetail(anna, 'c1')
    const decide = decides({ action: 'forward' })
    const answer = await askWhatIf(anna, 'c1', { model: null, rules: [{ action: 'forward', caller: '*' }] }, { decide })
    expect(answer.action).toBe('forward')
    expect(decide.asked[0]).toMatchObject({ overrides: { model: null, rules: [{ action: 'forward', caller: '*' }] } })
    await askWhatIf(anna, 'c1', { callerNumber: '', time: '22:00' }, { decide })
    expect(decide.asked[1]).toMatchObject({ callerNumber: '', overrides: { time: '22:00' } })
    expect(await findCallDetail(anna, 'c1')).toEqual(before)
    await expect(askWhatIf(anna, 'c1', { rules: [{ action: 'fly' }] }, { decide })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(askWhatIf(ben, 'c1', {}, { decide })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the overview counts each call once, in the days of its reader', async () => {
    await receive(anna, 'a', { action: 'forward' })
    await receive(anna, 'b', { action: 'voicemail', tookMs: 100 })
    await receive(ben, 'c')
    const stats = await readStats(anna, { days: 7, timeZone: 'Pacific/Auckland' })
    expect(stats).toMatchObject({ total: 2, byAction: { forward: 1, voicemail: 1 }, bySource: { api: 2 }, unread: 2 })
    expect(stats.perDay).toHaveLength(7)
    expect(stats.perDay.at(-1)).toMatchObject({ total: 2 })
    expect(stats.latency).toEqual({ p50Ms: 5, p95Ms: 100, samples: 2 })
    expect((await readStats(anna, { days: 30, timeZone: 'Nowhere/At_all' })).total).toBe(2)
  })

  test('an export holds every call of its owner and no formula', async () => {
    const facts = {
      callerName: '=HYPERLINK("http://evil")',
      urgency: 'normal' as const,
      isSales: false,
      isSuspicious: false,
    }
    await receive(anna, 'c1', { facts })
    await receiveCall(anna, incoming({ call_id: 'c2', caller_number: '@SUM(A1)' }), {
      decide: decides({ reason: 'say "hi",\nyou' }),
    })
    const csv = await (await exportCalls(anna, { format: 'csv' })).text()
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(csv).toContain("'@SUM(A1)")
    expect(csv).toContain('"say ""hi"",\nyou"')
    const json = await (await exportCalls(anna, { format: 'json' })).json()
    expect((json as { callId: string }[]).map(({ callId }) => callId)).toEqual(['c2', 'c1'])
    expect(await (await exportCalls(ben, { format: 'json' })).json()).toEqual([])
  })

  test('an indexed row is not indexed again until it changes', async () => {
    await receive(anna, 'c1', {}, 'parcel')
    await names(anna, { q: 'parcel' })
    const { callHistory: t } = opened.db.tables
    const isIndexed = async () =>
      (await opened.db.orm.select({ is: t.isIndexed }).from(t).where(eq(t.userId, anna.userId)))[0]?.is
    expect(await isIndexed()).toBe(1)
    await changeCall(anna, 'c1', { note: 'x' })
    expect(await isIndexed()).toBe(0)
    await opened.db.write(function* (tx) {
      yield* run(tx.delete(t).where(eq(t.userId, anna.userId)))
    })
  })
})
