import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/accounts/actor.ts'
import type { Decision, ScreenInput } from '#lib/screening/contract.ts'
import { converseDecision, screen } from '#lib/screening/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { once } from '../once.ts'
import type { DecisionDto, TryCall, TurnInput } from './contract.ts'
import { toDecidedColumns, toDecidedEvents, toTranscript, withDecisionTime } from './decided.ts'
import { toDecisionDto, toTurns } from './dto.ts'
import { answerOnce, type Decide } from './incoming.ts'
import { findCall, updateCall } from './repo.ts'
import { findEvents, insertEvents } from './repo-events.ts'

type Converse = (input: ScreenInput) => Promise<Decision>
type Options = { decide?: Converse; now?: () => number }

/** Of two turns for one call the second waits: a conversation has an order. */
const lastTurn = once('calls.turns', () => new Map<string, Promise<unknown>>())

/** Begins a call with one's own line, by text; it is kept like any other and marked as read. */
export async function tryCall(
  actor: Actor,
  input: TryCall,
  { decide = screen }: { decide?: Decide } = {},
): Promise<DecisionDto> {
  const callId = `try-${randomUUID()}`
  let decision: Decision | undefined
  const remember: Decide = async asked => {
    decision = await decide(asked)
    return decision
  }
  await answerOnce(
    {
      userId: actor.userId,
      callId,
      callerNumber: input.callerNumber,
      calledNumber: input.calledNumber,
      source: 'try',
      channel: null,
      transcript: input.text,
      deadlineMs: 6_000,
    },
    remember,
  )
  const row = await findCall(await database(), actor.userId, callId)
  if (!row || !decision) throw new AppError('internal', 'The call was not stored.')
  return toDecisionDto(row, decision.say ?? null, decision.tookMs)
}

/** The caller's next words, and the decision that follows from all that was said. */
export async function addTurn(
  actor: Actor,
  name: string,
  input: TurnInput,
  options: Options = {},
): Promise<DecisionDto> {
  const key = `${actor.userId} ${name}`
  const before = lastTurn.get(key)
  const turn = (async () => {
    await before?.catch(() => {})
    return addTurnNow(actor, name, input, options)
  })()
  lastTurn.set(key, turn)
  try {
    return await turn
  } finally {
    if (lastTurn.get(key) === turn) lastTurn.delete(key)
  }
}

async function addTurnNow(
  actor: Actor,
  name: string,
  input: TurnInput,
  { decide = converseDecision, now = Date.now }: Options,
): Promise<DecisionDto> {
  const db = await database()
  const row = await findCall(db, actor.userId, name)
  if (!row) throw new AppError('not_found', 'Call ID not found')
  if (row.source === 'phone') throw new AppError('conflict', 'This call is spoken on the telephone.')
  if (row.status !== 'in_progress') throw new AppError('conflict', 'This call is over.')
  const heardAt = now()
  const startedAt = Date.parse(row.timestamp)
  const said = toTurns(await findEvents(db, row.id))
  const turns = [...said.map(({ who, text }) => ({ who, text })), { who: 'caller' as const, text: input.text }]
  const decision = await decide({
    userId: actor.userId,
    callerNumber: row.callerNumber,
    calledNumber: row.calledNumber,
    source: row.source,
    turns,
    call: row.id,
    deadlineMs: input.deadline_ms ?? 3_000,
  })
  const at = now()
  const turn = said.filter(({ who }) => who === 'caller').length
  const words = decision.say ?? decision.question
  const spoken = words ? [...turns, { who: 'assistant' as const, text: words }] : turns
  const stored = await db.write(function* (tx) {
    const { personId, callerName, ...columns } = toDecidedColumns(decision, at)
    const changed = yield* updateCall(tx, db.tables, row.id, {
      ...columns,
      personId: personId ?? row.personId,
      callerName: callerName ?? row.callerName,
      // The rungs before the conversation were asked once, when the call came.
      ladder: [
        ...(row.ladder ?? []).filter(step => !isOfConversation(step)),
        ...decision.ladder.filter(isOfConversation),
      ],
      transcript: toTranscript(spoken),
      latencyMs: withDecisionTime(row.latencyMs, decision.tookMs),
    })
    const events = toDecidedEvents(decision, turn, at - startedAt)
    yield* insertEvents(
      tx,
      db.tables,
      db.dialect,
      row.id,
      actor.userId,
      [{ atMs: heardAt - startedAt, kind: 'heard', data: { turn, text: input.text } }, ...events],
      toInstant(at),
    )
    return changed
  })
  if (!stored) throw new AppError('not_found', 'Call ID not found')
  return toDecisionDto(stored, decision.say ?? null, decision.tookMs)
}

const isOfConversation = ({ rung }: { rung?: unknown }) => rung === 'conversation' || rung === 'fallback'
