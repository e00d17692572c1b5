import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { run } from '#db/open.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import { databaseKinds, openTestDatabase, type TestDatabase, useDatabase } from '../../test/databases.ts'
import { toInstant } from '../instant.ts'
import {
  addTurn,
  beginCall,
  findCallDetail,
  listHistory,
  readStatus,
  receiveCall,
  reconcileCalls,
  tryCall,
} from './index.ts'
import { findFirstAnswer, insertCall } from './repo.ts'
import { addOwner, decides, incoming } from './testing.ts'

process.env.DATA_DIR ??= '/tmp/calls-test'
process.env.OLLAMA_HOST = 'http://127.0.0.1:9'

describe.each(databaseKinds)('a call that comes in, on %s', kind => {
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
  afterAll(() => opened.close())

  test('is decided, answered and found in its owner’s history, and in nobody else’s', async () => {
    const decide = decides({ action: 'forward', destination: '100' })
    const answer = await receiveCall(anna, incoming(), { decide })
    expect(answer).toEqual({ status: 'success', call_id: 'c1', action: 'forward', message: 'Forwarding call to 100' })
    const history = await listHistory(anna, 50)
    expect(history).toMatchObject({ user_id: anna.userId, total_calls: 1 })
    expect(Object.keys(history.calls[0]!).sort()).toEqual(
      ['action', 'call_id', 'called_number', 'caller_number', 'id', 'message', 'status', 'timestamp'].sort(),
    )
    expect(await readStatus(anna, 'c1')).toMatchObject({ status: 'completed', user_id: anna.userId })
    expect((await listHistory(ben, 50)).calls).toEqual([])
    await expect(readStatus(ben, 'c1')).rejects.toMatchObject({ code: 'not_found' })
    await expect(findCallDetail(ben, 'c1')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('gets its first answer again, also when it would be decided otherwise now', async () => {
    const first = await receiveCall(anna, incoming(), { decide: decides({ action: 'forward' }) })
    const later = decides({ action: 'block', message: 'Call refused: no' })
    expect(await receiveCall(anna, incoming(), { decide: later })).toEqual(first)
    expect(later.asked).toEqual([])
    expect((await listHistory(anna, 50)).total_calls).toBe(1)
  })

  test('with the same call_id and other numbers is a conflict', async () => {
    await receiveCall(anna, incoming(), { decide: decides() })
    await expect(
      receiveCall(anna, incoming({ caller_number: '+4930999' }), { decide: decides() }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  test('of another owner may have the same call_id', async () => {
    await receiveCall(anna, incoming(), { decide: decides() })
    await receiveCall(ben, incoming({ caller_number: '+4930999' }), { decide: decides() })
    expect((await listHistory(ben, 50)).total_calls).toBe(1)
  })

  test.each([0, 120])('asked ten times at once makes one row and one answer, decided after %i ms', async afterMs => {
    const decide = decides({ action: 'forward' }, afterMs)
    const answers = await Promise.all(Array.from({ length: 10 }, () => receiveCall(anna, incoming(), { decide })))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(decide.asked).toHaveLength(1)
    expect((await listHistory(anna, 50)).total_calls).toBe(1)
  })

  test('that takes its time is in the history while it is decided', async () => {
    const answering = receiveCall(anna, incoming(), { decide: decides({ action: 'forward' }, 400) })
    await expect.poll(async () => (await listHistory(anna, 50)).calls[0]?.status).toBe('in_progress')
    await answering
    expect((await listHistory(anna, 50)).calls[0]).toMatchObject({ status: 'completed', action: 'forward' })
  })

  test('that another process is deciding waits for that answer', async () => {
    const { db } = opened
    await db.write(function* (tx) {
      yield* insertCall(tx, db.tables, {
        userId: anna.userId,
        callId: 'c1',
        callerNumber: '+4930123456',
        calledNumber: '100',
        timestamp: toInstant(Date.now()),
        status: 'in_progress',
      })
    })
    const decide = decides()
    const answering = receiveCall(anna, incoming(), { decide })
    const row = await findFirstAnswer(db, anna.userId, 'c1')
    const answer = { status: 'success', call_id: 'c1', action: 'block', message: 'Call refused: elsewhere' }
    const { callHistory: t } = db.tables
    const { eq } = await import('drizzle-orm')
    await db.write(function* (tx) {
      yield* run(tx.update(t).set({ answer, status: 'completed' }).where(eq(t.id, row!.id)))
    })
    expect(await answering).toEqual(answer)
    expect(decide.asked).toEqual([])
  })

  test('that a killed process left undecided is closed as failed, and decided when it is asked for again', async () => {
    const { db } = opened
    await db.write(function* (tx) {
      yield* insertCall(tx, db.tables, {
        userId: anna.userId,
        callId: 'c1',
        callerNumber: '+4930123456',
        calledNumber: '100',
        timestamp: toInstant(Date.now() - 60_000),
        status: 'in_progress',
      })
    })
    expect(await reconcileCalls()).toBeGreaterThanOrEqual(1)
    expect(await readStatus(anna, 'c1')).toMatchObject({ status: 'failed', action: null })
    const answer = await receiveCall(anna, incoming(), { decide: decides({ action: 'forward' }) })
    expect(answer.action).toBe('forward')
    expect(await readStatus(anna, 'c1')).toMatchObject({ status: 'completed', action: 'forward' })
  })

  test('on the telephone is closed when its voice process is gone, and left alone while that may still hold it', async () => {
    const { db } = opened
    const began = Date.now() - 20 * 60_000
    const ring = (callId: string) =>
      beginCall(anna, { callId, callerNumber: '1', calledNumber: '2', source: 'phone', at: began })
    await ring('held')
    const { agents } = db.tables
    const startedAt = toInstant(began - 1_000)
    await db.write(function* (tx) {
      const agent = { name: 'a', pid: 1, startedAt, heartbeatAt: toInstant(Date.now()), state: {} }
      yield* run(tx.insert(agents).values(agent))
    })
    await reconcileCalls()
    expect(await readStatus(anna, 'held')).toMatchObject({ status: 'in_progress' })
    await db.write(function* (tx) {
      yield* run(tx.update(agents).set({ startedAt: toInstant(Date.now()) }))
    })
    await reconcileCalls()
    expect(await readStatus(anna, 'held')).toMatchObject({ status: 'failed' })
    await db.write(function* (tx) {
      yield* run(tx.delete(agents))
    })
  })

  test('whose decision fails leaves no answer behind and can be asked for again', async () => {
    const fails = async () => {
      throw new Error('no decision')
    }
    await expect(receiveCall(anna, incoming(), { decide: fails })).rejects.toThrow('no decision')
    expect((await receiveCall(anna, incoming(), { decide: decides() })).status).toBe('success')
  })

  test('without credentials is decided and stored nowhere', async () => {
    const decide = decides({ action: 'block', message: 'Call refused: spam' })
    const answer = await receiveCall(null, incoming({ call_id: 'nobody' }), { decide })
    expect(answer.action).toBe('block')
    expect(decide.asked[0]!.userId).toBeNull()
    await expect(readStatus(anna, 'nobody')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('from a telephone’s own app is marked so', async () => {
    const phone: Actor = { ...anna, via: 'key', scopes: ['calls:report'] }
    await receiveCall(phone, incoming(), { decide: decides() })
    expect((await findCallDetail(anna, 'c1')).source).toBe('app')
  })

  test('that a telephone only reports is told as it was: it rang, whatever the ladder would have said', async () => {
    const phone: Actor = { ...anna, via: 'key', scopes: ['calls:report'] }
    const decide = decides({ action: 'block', message: 'Call refused: spam', reason: 'spam' })
    const report = incoming({ channel: 'android:report' })
    expect(await receiveCall(phone, report, { decide })).toMatchObject({
      action: 'forward',
      message: 'Rang on the phone',
    })
    expect(await findCallDetail(anna, 'c1')).toMatchObject({
      status: 'completed',
      decidedBy: 'owner',
      destination: null,
    })
    expect(decide.asked[0]!.overrides).toEqual({ model: null })
  })

  test('that a phone asked about in vain and then reported is one call', async () => {
    const phone: Actor = { ...anna, via: 'key', scopes: ['calls:report'] }
    await receiveCall(phone, incoming({ channel: 'android:screen' }), { decide: decides() })
    await receiveCall(phone, incoming({ channel: 'android:report' }), { decide: decides() })
    expect((await listHistory(anna, 10)).calls).toHaveLength(1)
  })

  test('that was asked a question goes on turn by turn until it is decided', async () => {
    const question = decides({ action: 'ask_question', message: 'Who is calling?', question: 'Who is calling?' })
    const first = await receiveCall(anna, incoming({ transcript: 'Hello?' }), { decide: question })
    expect(first).toMatchObject({ action: 'ask_question', message: 'Who is calling?', status: 'success' })
    expect(await readStatus(anna, 'c1')).toMatchObject({ status: 'in_progress', completed_at: null })
    const decide = decides({ action: 'forward', destination: '100', say: 'One moment.' })
    const next = await addTurn(anna, 'c1', { text: 'Anna from the dentist' }, { decide })
    expect(next).toMatchObject({ action: 'forward', status: 'completed', say: 'One moment.' })
    expect(decide.asked[0]!.turns).toEqual([
      { who: 'caller', text: 'Hello?' },
      { who: 'assistant', text: 'Who is calling?' },
      { who: 'caller', text: 'Anna from the dentist' },
    ])
    const detail = await findCallDetail(anna, 'c1')
    expect(detail.turns.map(({ text }) => text)).toEqual([
      'Hello?',
      'Who is calling?',
      'Anna from the dentist',
      'One moment.',
    ])
    expect(detail.ladder.filter(({ outcome }) => outcome === 'hit')).toHaveLength(1)
    await expect(addTurn(anna, 'c1', { text: 'more' }, { decide })).rejects.toMatchObject({ code: 'conflict' })
    await expect(addTurn(ben, 'c1', { text: 'more' }, { decide })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('whose caller stays silent is asked once whether somebody is there, then ends in a message', async () => {
    await receiveCall(anna, incoming({ transcript: '' }), {
      decide: decides({ action: 'ask_question', message: 'Who is calling?', question: 'Who is calling?' }),
    })
    const decide = decides()
    expect(await addTurn(anna, 'c1', { text: '' }, { decide })).toMatchObject({
      action: 'ask_question',
      status: 'in_progress',
      say: 'Hello, are you still there?',
    })
    expect(await addTurn(anna, 'c1', { text: '' }, { decide })).toMatchObject({
      action: 'voicemail',
      status: 'completed',
      decidedBy: 'fallback',
      reason: 'The caller said nothing: a message is taken.',
    })
    expect(decide.asked).toEqual([])
    expect((await findCallDetail(anna, 'c1')).turns.map(({ who }) => who)).toEqual(Array(3).fill('assistant'))
  })

  test('answers two turns at once one after the other', async () => {
    const question = decides({ action: 'ask_question', message: 'And?', question: 'And?' })
    await receiveCall(anna, incoming({ transcript: 'one' }), { decide: question })
    await Promise.all([
      addTurn(anna, 'c1', { text: 'two' }, { decide: decides({ action: 'ask_question', question: 'Yes?' }, 30) }),
      addTurn(anna, 'c1', { text: 'three' }, { decide: question }),
    ])
    expect(
      (await findCallDetail(anna, 'c1')).turns.filter(({ who }) => who === 'caller').map(({ text }) => text),
    ).toEqual(['one', 'two', 'three'])
  })

  test('of one’s own line by text is kept and counts as read', async () => {
    const said = await tryCall(anna, { text: 'Hi', callerNumber: 'try', calledNumber: '' }, { decide: decides() })
    expect(said).toMatchObject({ action: 'voicemail', status: 'completed' })
    const detail = await findCallDetail(anna, said.callId)
    expect(detail).toMatchObject({ source: 'try', isRead: true })
    expect(detail.turns.slice(0, 2)).toMatchObject([
      { who: 'assistant', text: 'Hello.' },
      { who: 'caller', text: 'Hi' },
    ])
  })

  test('keeps numbers and words as they came, whatever they hold', async () => {
    const strange = { caller_number: '"><script> \u202e☎ anonymous', called_number: "'; DROP TABLE users;--" }
    await receiveCall(anna, incoming({ ...strange, transcript: '💥 \\ " \n' }), { decide: decides() })
    expect((await listHistory(anna, 1)).calls[0]).toMatchObject(strange)
  })
})
