import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/accounts/actor.ts'
import type { Decision, HouseholdLine, ScreenInput, Source } from '#lib/screening/contract.ts'
import { converseDecision, loadHousehold, screen } from '#lib/screening/index.ts'
import { type Note, openInText, phrases, replyInText, type TextReply } from '#lib/voice/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { once } from '../once.ts'
import type { DecisionDto, TryCall, TurnInput } from './contract.ts'
import { toDecidedColumns, toTranscript, withDecisionTime } from './decided.ts'
import { toDecisionDto, toTurns } from './dto.ts'
import { answerOnce, type Decide } from './incoming.ts'
import { type CallChange, type CallRow, findCall, updateCall } from './repo.ts'
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
    const decided = await decide(asked)
    const { line } = await loadHousehold(actor.userId, input.calledNumber)
    decision = { ...decided, say: wordsInText(decided, line, input.callerNumber) }
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
  const events = await findEvents(db, row.id)
  const { line } = await loadHousehold(actor.userId, row.calledNumber)
  let decision: Decision | undefined
  const reply = await replyInText({
    settings: textSettings(line, row.callerNumber),
    events,
    text: input.text,
    now,
    signal: new AbortController().signal,
    async decide(turns) {
      decision = await decide({
        userId: actor.userId,
        callerNumber: row.callerNumber,
        calledNumber: row.calledNumber,
        source: row.source,
        turns: [...turns],
        call: row.id,
        deadlineMs: input.deadline_ms ?? 3_000,
      })
      return decision
    },
  })
  const settled = settle(reply, decision, row.source)
  const at = now()
  const spoken = [
    ...toTurns(events).map(({ who, text }) => ({ who, text })),
    ...(input.text ? [{ who: 'caller' as const, text: input.text }] : []),
    ...(settled.words ? [{ who: 'assistant' as const, text: settled.words }] : []),
  ]
  const stored = await db.write(function* (tx) {
    const changed = yield* updateCall(tx, db.tables, row.id, {
      ...(decision ? decidedColumns(row, decision, settled, at) : unaskedColumns(settled)),
      ...(settled.isOver && { status: 'completed' as const, completedAt: toInstant(at) }),
      transcript: toTranscript(spoken),
    })
    const told = settled.notes.map(note => ({
      ...note,
      atMs: (note.kind === 'heard' ? heardAt : at) - startedAt,
    }))
    yield* insertEvents(tx, db.tables, db.dialect, row.id, actor.userId, told, toInstant(at))
    return changed
  })
  if (!stored) throw new AppError('not_found', 'Call ID not found')
  return toDecisionDto(stored, settled.words, decision?.tookMs ?? 0)
}

/** What a person in Try reads: nothing about a tone that will not come. */
function wordsInText(decision: Decision, line: HouseholdLine, callerNumber: string): string {
  const opened = openInText(textSettings(line, callerNumber), decision)
  const { passedOn, goodbye } = phrases(line.language)
  const isAsked = decision.action === 'ask_question'
  return opened.isOver || isAsked ? opened.reply : `${passedOn} ${goodbye}`
}

type Settled = { words: string | null; action: Decision['action'] | null; isOver: boolean; notes: Note[] }

/**
 * What the conversation made of it, in the words of each client: a program that plays and records by itself is told what to
 * say before the tone and its call is over with the decision; a person in Try talks on until the goodbye.
 */
function settle(reply: TextReply, decision: Decision | undefined, source: Source): Settled {
  const { action, notes, isOver } = reply
  if (source === 'try') return { words: reply.reply || null, action, isOver, notes }
  const isAsDecided = decision?.action === action
  const words = (isAsDecided ? (decision?.say ?? decision?.question) : undefined) ?? (reply.reply || null)
  const isClosed = action !== null && action !== 'ask_question'
  const told = notes.map(note =>
    note.kind === 'said' && words ? { ...note, data: { ...note.data, text: words } } : note,
  )
  const end: Note[] = isClosed && !isOver ? [{ kind: 'ended', data: { by: 'assistant', action } }] : []
  return { words, action, isOver: isOver || isClosed, notes: [...told, ...end] }
}

/** The decision in the row; where the conversation chose otherwise (enough was asked), its action counts. */
function decidedColumns(row: CallRow, decision: Decision, { action, notes }: Settled, at: number): CallChange {
  const { personId, callerName, status, completedAt, ...columns } = toDecidedColumns(decision, at)
  const instead = notes.findLast(note => note.kind === 'decided')?.data
  return {
    ...columns,
    ...(action !== decision.action && { action, message: 'Taking a message', destination: null }),
    ...(instead && instead.action !== decision.action && { reason: instead.reason, decidedBy: 'fallback' as const }),
    personId: personId ?? row.personId,
    callerName: callerName ?? row.callerName,
    // The rungs before the conversation were asked once, when the call came.
    ladder: [
      ...(row.ladder ?? []).filter(step => !isOfConversation(step)),
      ...decision.ladder.filter(isOfConversation),
    ],
    latencyMs: withDecisionTime(row.latencyMs, decision.tookMs),
  }
}

/** What the conversation chose without asking screening, because nothing was said. */
function unaskedColumns({ action, notes }: Settled): CallChange {
  const chosen = notes.findLast(note => note.kind === 'decided')?.data
  if (!chosen || action === null) return {}
  const { reason, rung } = chosen
  return { action, message: 'Taking a message', destination: null, reason, rung, decidedBy: 'fallback' }
}

function textSettings(line: HouseholdLine, callerNumber: string) {
  const { language, otherLanguage, greeting, disclosure, destinations } = line
  return { language, otherLanguage, greeting, disclosure, destinations, isRecording: false, callerNumber }
}

const isOfConversation = ({ rung }: { rung?: unknown }) => rung === 'conversation' || rung === 'fallback'
