import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor } from '#lib/accounts/actor.ts'
import type { Decision, ScreenInput, Source } from '#lib/screening/contract.ts'
import { loadLine, screen } from '#lib/screening/index.ts'
import { database } from '../database.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { once } from '../once.ts'
import { numberKey } from '../phone-number.ts'
import type { IncomingAnswer, IncomingCall } from './contract.ts'
import { toDecidedColumns, toDecidedEvents, toIncomingAnswer, toTranscript, withDecisionTime } from './decided.ts'
import { asReported, isReport } from './phone-report.ts'
import { type FirstAnswer, findFirstAnswer, insertCall, updateCall } from './repo.ts'
import { insertEvents, type NewEvent } from './repo-events.ts'

/** A decision that takes longer gets its row before it is made, so that the call can be watched and is nobody else's to decide. */
const claimAfterMs = 60
/** A row without an answer that is older than every deadline was left behind by a process that ended. */
export const abandonedAfterMs = 15_000
const pollMs = 40

export type Decide = (input: ScreenInput) => Promise<Decision>
type Options = { decide?: Decide; now?: () => number }

type Asked = {
  userId: number
  callId: string
  callerNumber: string
  calledNumber: string
  source: Source
  channel: string | null
  transcript: string | null
  deadlineMs: number
}
type Pending = { callerNumber: string; calledNumber: string; answer: Promise<IncomingAnswer> }
const pending = once('calls.pending', () => new Map<string, Pending>())

/**
 * POST /call/incoming. The same call_id of the same owner gets its first answer again; with other numbers it is another
 * call, and a conflict. Without an actor the call is decided and stored nowhere.
 */
export async function receiveCall(
  actor: Actor | null,
  input: IncomingCall,
  { decide = screen, now = Date.now }: Options = {},
): Promise<IncomingAnswer> {
  if (!actor) return receiveFromStranger(input, decide)
  return answerOnce(
    {
      userId: actor.userId,
      callId: input.call_id,
      callerNumber: input.caller_number,
      calledNumber: input.called_number,
      source: actor.scopes.includes('calls:report') && !actor.scopes.includes('all') ? 'app' : 'api',
      channel: input.channel ?? null,
      transcript: input.transcript?.trim() || null,
      deadlineMs: input.deadline_ms ?? 3_000,
    },
    isReport(actor, input.channel) ? asReported(decide) : decide,
    now,
  )
}

async function receiveFromStranger(input: IncomingCall, decide: Decide): Promise<IncomingAnswer> {
  if (!env().ANONYMOUS_CALLS) throw new AppError('unauthenticated', 'Authentication required')
  const decision = await decide({
    userId: null,
    callerNumber: input.caller_number,
    calledNumber: input.called_number,
    source: 'api',
    turns: toTurns(input.transcript?.trim() || null),
    deadlineMs: input.deadline_ms ?? 3_000,
  })
  return toIncomingAnswer(input.call_id, decision)
}

/** Whether a call of this id was taken before: telling its answer again is no new call. */
export async function isKnownCall(actor: Actor, callId: string): Promise<boolean> {
  return (await findFirstAnswer(await database(), actor.userId, callId)) !== null
}

/** Two at once in this process share one decision; two processes are told apart by the row. */
export async function answerOnce(asked: Asked, decide: Decide = screen, now = Date.now): Promise<IncomingAnswer> {
  const key = `${asked.userId} ${asked.callId}`
  const running = pending.get(key)
  if (running) {
    refuseOtherNumbers(running, asked)
    return running.answer
  }
  const answer = findOrDecide(asked, decide, now)
  pending.set(key, { callerNumber: asked.callerNumber, calledNumber: asked.calledNumber, answer })
  try {
    return await answer
  } finally {
    pending.delete(key)
  }
}

async function findOrDecide(asked: Asked, decide: Decide, now: () => number): Promise<IncomingAnswer> {
  const found = await findFirstAnswer(await database(), asked.userId, asked.callId)
  return found ? replay(found, asked, decide, now) : decideAndStore(asked, decide, now)
}

async function replay(found: FirstAnswer, asked: Asked, decide: Decide, now: () => number): Promise<IncomingAnswer> {
  const db = await database()
  const giveUpAt = now() + asked.deadlineMs + 2_000
  for (let row: FirstAnswer | null = found; row; row = await findFirstAnswer(db, asked.userId, asked.callId)) {
    refuseOtherNumbers(row, asked)
    if (row.answer) return row.answer as IncomingAnswer
    const isAbandoned = row.status !== 'in_progress' || now() - Date.parse(row.timestamp) > abandonedAfterMs
    if (isAbandoned) return fillIn(row.id, Date.parse(row.timestamp), asked, decide, now)
    // Another process is deciding.
    if (now() > giveUpAt) throw new AppError('unavailable', 'This call is still being decided. Please ask again.', 2)
    await sleep(pollMs)
  }
  return decideAndStore(asked, decide, now)
}

function refuseOtherNumbers(known: { callerNumber: string; calledNumber: string }, asked: Asked): void {
  if (known.callerNumber === asked.callerNumber && known.calledNumber === asked.calledNumber) return
  throw new AppError('conflict', 'This call_id belongs to a call with other numbers.')
}

const toTurns = (transcript: string | null): ScreenInput['turns'] =>
  transcript === null ? [] : [{ who: 'caller', text: transcript.slice(0, 4_000) }]

function toScreenInput(asked: Asked, call?: number): ScreenInput {
  return {
    userId: asked.userId,
    callerNumber: asked.callerNumber,
    calledNumber: asked.calledNumber,
    source: asked.source,
    turns: toTurns(asked.transcript),
    deadlineMs: asked.deadlineMs,
    ...(call === undefined ? {} : { call }),
  }
}

async function decideAndStore(asked: Asked, decide: Decide, now: () => number): Promise<IncomingAnswer> {
  const startedAt = now()
  const deciding = decide(toScreenInput(asked))
  const early = await earlyOrNull(deciding)
  const id = await storeNew(asked, early, startedAt, now())
  if (id === null) return findOrDecide(asked, decide, now)
  if (early) return toIncomingAnswer(asked.callId, early)
  return storeDecision(id, startedAt, asked, await deciding, now)
}

/** The decision, or null when it is not there in time. One that fails later is caught where it is awaited. */
function earlyOrNull(deciding: Promise<Decision>): Promise<Decision | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), claimAfterMs)
    deciding.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** The row and the beginning of its story in one commit; null when the call is there already. */
async function storeNew(
  asked: Asked,
  decision: Decision | null,
  startedAt: number,
  at: number,
): Promise<number | null> {
  const line = await loadLine(asked.userId, asked.calledNumber)
  const db = await database()
  const answer = decision && toIncomingAnswer(asked.callId, decision)
  const first: NewEvent[] = [{ atMs: 0, kind: 'received', data: { source: asked.source } }]
  // Who tries the line reads its greeting first; a program that plays one by itself has its own.
  const greeting = asked.source === 'try' ? line.greeting.trim() : ''
  if (greeting) first.push({ atMs: 0, kind: 'said', data: { turn: 0, text: greeting } })
  if (asked.transcript) first.push({ atMs: 0, kind: 'heard', data: { turn: 0, text: asked.transcript } })
  return db.write(function* (tx) {
    const id = yield* insertCall(tx, db.tables, {
      userId: asked.userId,
      callId: asked.callId,
      callerNumber: asked.callerNumber,
      calledNumber: asked.calledNumber,
      timestamp: toInstant(startedAt),
      status: 'in_progress',
      callerKey: numberKey(asked.callerNumber, line.country) || null,
      lineId: line.id || null,
      source: asked.source,
      channel: asked.channel,
      // Who tries the own line has seen the call already.
      readAt: asked.source === 'try' ? toInstant(at) : null,
      transcript: toTranscript([
        ...(greeting ? [{ who: 'assistant' as const, text: greeting }] : []),
        ...toTurns(asked.transcript),
      ]),
      ...(decision
        ? { ...toDecidedColumns(decision, at), answer, latencyMs: withDecisionTime(null, decision.tookMs) }
        : {}),
    })
    if (id === null) return null
    const events = decision ? [...first, ...toDecidedEvents(decision, 0, at - startedAt)] : first
    yield* insertEvents(tx, db.tables, db.dialect, id, asked.userId, events, toInstant(at))
    return id
  })
}

/** A row that was left without an answer gets one. */
async function fillIn(id: number, startedAt: number, asked: Asked, decide: Decide, now: () => number) {
  return storeDecision(id, startedAt, asked, await decide(toScreenInput(asked, id)), now)
}

async function storeDecision(
  id: number,
  startedAt: number,
  asked: Asked,
  decision: Decision,
  now: () => number,
): Promise<IncomingAnswer> {
  const db = await database()
  const at = now()
  const answer = toIncomingAnswer(asked.callId, decision)
  await db.write(function* (tx) {
    yield* updateCall(tx, db.tables, id, {
      ...toDecidedColumns(decision, at),
      answer,
      latencyMs: withDecisionTime(null, decision.tookMs),
    })
    const events = toDecidedEvents(decision, 0, at - startedAt)
    yield* insertEvents(tx, db.tables, db.dialect, id, asked.userId, events, toInstant(at))
  })
  return answer
}
