import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/accounts/actor.ts'
import type { EvalCase } from '#lib/screening/contract.ts'
import { loadHousehold } from '#lib/screening/index.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { toInstant } from '../instant.ts'
import { log } from '../log.ts'
import type { CallAction, CallDetailDto, CallPatch, MarkRead } from './contract.ts'
import { toTurns } from './dto.ts'
import { tellDeleted } from './live.ts'
import { canEditCall } from './policy.ts'
import { requireCall, toDetail } from './read.ts'
import { removeRecordingFiles } from './recording-files.ts'
import { type CallChange, type CallRow, deleteCall as deleteRow, markRead as markRows, updateCall } from './repo.ts'
import { deleteEvalCases, insertEvalCase } from './repo-eval.ts'
import { findEvents, insertEvents } from './repo-events.ts'
import { findRecordings } from './repo-recordings.ts'

/** Reads, archives, annotates or corrects one call. */
export async function changeCall(actor: Actor, name: string, patch: CallPatch): Promise<CallDetailDto> {
  const call = await requireOwn(actor, name)
  const db = await database()
  const at = toInstant(Date.now())
  const change: CallChange = {
    ...(patch.isRead === undefined ? {} : { readAt: patch.isRead ? (call.readAt ?? at) : null }),
    ...(patch.isArchived === undefined ? {} : { archivedAt: patch.isArchived ? (call.archivedAt ?? at) : null }),
    ...(patch.note === undefined ? {} : { note: patch.note?.trim() || null }),
    ...(patch.correction === undefined ? {} : { correction: patch.correction }),
    ...(patch.personId === undefined ? {} : { personId: await ownPerson(actor, patch.personId) }),
  }
  const said = patch.correction ? toTurns(await findEvents(db, call.id)) : []
  const language = patch.correction ? (await loadHousehold(actor.userId, call.calledNumber)).line.language : 'en'
  const row = await db.write(function* (tx) {
    const changed = yield* updateCall(tx, db.tables, call.id, change)
    if (patch.correction !== undefined) {
      yield* deleteEvalCases(tx, db.tables, call.id)
      if (patch.correction) {
        const words = said.filter(({ who }) => who === 'caller').map(({ text }) => text)
        const data = toEvalCase(call, { language, says: words }, patch.correction)
        yield* insertEvalCase(tx, db.tables, { userId: actor.userId, call: call.id, data, createdAt: at })
      }
    }
    const fields = Object.keys(patch)
    const event = { atMs: Date.parse(at) - Date.parse(call.timestamp), kind: 'changed' as const, data: { fields } }
    yield* insertEvents(tx, db.tables, db.dialect, call.id, actor.userId, [event], at)
    return changed
  })
  if (!row) throw new AppError('not_found', 'Call ID not found')
  return toDetail(row)
}

async function requireOwn(actor: Actor, name: string): Promise<CallRow> {
  const call = await requireCall(actor, name)
  if (!canEditCall(actor, call)) throw new AppError('not_found', 'Call ID not found')
  return call
}

async function ownPerson(actor: Actor, id: number | null): Promise<number | null> {
  if (id === null) return null
  const { getPerson } = await import('#lib/people/index.ts')
  return (await getPerson(actor, id)).id
}

/** An owner's "this was wrong", as a case that screening can be measured by. */
function toEvalCase(call: CallRow, heard: Pick<EvalCase, 'language' | 'says'>, correction: CallAction): EvalCase {
  return {
    id: `owner-${randomUUID()}`,
    ...heard,
    tags: ['correction'],
    caller: call.callerNumber,
    source: call.source,
    allowed: [correction],
    forbidden: call.action && call.action !== correction ? [call.action] : [],
    facts: {},
  }
}

/** Marks calls as read: these, or all. */
export async function markRead(actor: Actor, { callIds }: MarkRead): Promise<void> {
  const db = await database()
  const at = toInstant(Date.now())
  await db.write(function* (tx) {
    const ids = yield* markRows(tx, db.tables, actor.userId, at, callIds)
    const newest = ids.at(-1)
    if (newest === undefined) return
    // One event stands for all: whoever sees it reads the list again.
    const event = { atMs: 0, kind: 'changed' as const, data: { fields: ['isRead'] } }
    yield* insertEvents(tx, db.tables, db.dialect, newest, actor.userId, [event], at)
  })
}

/** Removes a call with everything that was written about it, and its recordings from the disk. A running call is not removed. */
export async function deleteCall(actor: Actor, name: string): Promise<void> {
  const call = await requireOwn(actor, name)
  if (call.status === 'in_progress' && call.source === 'phone') {
    throw new AppError('conflict', 'This call is still running. Hang up first.')
  }
  const db = await database()
  const recordings = await findRecordings(db, call.id)
  await db.write(function* (tx) {
    yield* deleteRow(tx, db.tables, call.id)
  })
  const left = await removeRecordingFiles(recordings.map(({ path }) => path))
  if (left > 0) log.warn({ call: call.id, left }, 'recordings of a deleted call could not be removed')
  tellDeleted(actor.userId, call.callId)
}
