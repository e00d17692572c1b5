import type { Actor } from '#lib/accounts/actor.ts'
import type { Source } from '#lib/screening/contract.ts'
import { database } from '../database.ts'
import { toInstant } from '../instant.ts'
import type { CallAction, CallStatus } from './contract.ts'
import { type CallChange, insertCall, updateCall } from './repo.ts'
import { insertEvents, type NewEvent } from './repo-events.ts'
import {
  findRecordingsByStatus,
  insertRecording,
  type RecordingChange,
  type RecordingRow,
  updateRecording,
} from './repo-recordings.ts'

/** How the voice process writes down a call while it runs. `call` is the row's number. */
export type BeginCall = {
  callId: string
  callerNumber: string
  calledNumber: string
  source: Source
  channel?: string
  callerKey?: string
  lineId?: number
  /** Milliseconds since 1970 at which it began; default: now. */
  at?: number
}

/** Opens the row of a call that has just come in. A call_id that was used before gets a number behind it. */
export async function beginCall(
  owner: Pick<Actor, 'userId'>,
  input: BeginCall,
): Promise<{ call: number; callId: string }> {
  const db = await database()
  const at = input.at ?? Date.now()
  return db.write(function* (tx) {
    for (let attempt = 1; ; attempt++) {
      const callId = attempt === 1 ? input.callId : `${input.callId.slice(0, 120)}-${attempt}`
      const call = yield* insertCall(tx, db.tables, {
        userId: owner.userId,
        callId,
        callerNumber: input.callerNumber.slice(0, 128),
        calledNumber: input.calledNumber.slice(0, 128),
        timestamp: toInstant(at),
        status: 'in_progress',
        source: input.source,
        channel: input.channel ?? null,
        callerKey: input.callerKey || null,
        lineId: input.lineId || null,
        readAt: input.source === 'try' ? toInstant(at) : null,
      })
      if (call === null) continue
      const received: NewEvent = { atMs: 0, kind: 'received', data: { source: input.source } }
      yield* insertEvents(tx, db.tables, db.dialect, call, owner.userId, [received], toInstant(at))
      return { call, callId }
    }
  })
}

/** What may change in the row while a call runs; both are written in one commit with the events. */
export type CallProgress = Omit<CallChange, 'isIndexed' | 'timestamp' | 'readAt' | 'archivedAt'>

/** Appends what happened, in order, and changes the row along with it. Resolves when it is durable. */
export async function appendEvents(
  call: number,
  userId: number | null,
  events: readonly NewEvent[],
  change?: CallProgress,
): Promise<void> {
  const db = await database()
  await db.write(function* (tx) {
    if (change && Object.keys(change).length > 0) yield* updateCall(tx, db.tables, call, change)
    yield* insertEvents(tx, db.tables, db.dialect, call, userId, events, toInstant(Date.now()))
  })
}

export type CallOutcome = CallProgress & {
  action: CallAction | null
  status?: Extract<CallStatus, 'completed' | 'failed'>
  endedBy: 'caller' | 'assistant' | 'owner' | 'person' | 'limit' | 'fault'
  /** Milliseconds since the call began. */
  atMs: number
}

/** Closes the row: nothing is appended after `ended`. */
export async function finishCall(call: number, userId: number | null, outcome: CallOutcome): Promise<void> {
  const { endedBy, atMs, status = 'completed', ...change } = outcome
  await appendEvents(call, userId, [{ atMs, kind: 'ended', data: { by: endedBy, action: outcome.action } }], {
    durationMs: Math.round(atMs),
    completedAt: toInstant(Date.now()),
    ...change,
    status,
  })
}

export type NewRecording = Pick<RecordingRow, 'call' | 'userId' | 'kind' | 'path' | 'rateHz' | 'channels'>

/** Notes a recording before its first sample is written, so that a killed process leaves nothing unknown on the disk. */
export async function beginRecording(recording: NewRecording): Promise<RecordingRow> {
  const db = await database()
  return db.write(function* (tx) {
    return yield* insertRecording(tx, db.tables, {
      ...recording,
      status: 'recording',
      createdAt: toInstant(Date.now()),
    })
  })
}

export async function changeRecording(id: number, change: RecordingChange): Promise<RecordingRow | null> {
  const db = await database()
  return db.write(function* (tx) {
    return yield* updateRecording(tx, db.tables, id, change)
  })
}

/** Recordings in one state, the oldest first: what is still to be transcribed, what a killed process left open. */
export async function listRecordings(status: RecordingRow['status'], limit = 20): Promise<RecordingRow[]> {
  return findRecordingsByStatus(await database(), status, limit)
}
