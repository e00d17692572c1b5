import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { apart } from './apart.ts'
import type { CallDetailDto, CallListDto, CallListQuery, StatsDto, StatsQuery } from './contract.ts'
import { toCallDetailDto } from './dto.ts'
import { isHeavy, readPage } from './page.ts'
import { canReadCall } from './policy.ts'
import { type CallRow, findCall, findStatus, listLatest } from './repo.ts'
import { findEvents } from './repo-events.ts'
import { countUnread } from './repo-list.ts'
import { findRecordings } from './repo-recordings.ts'

const limitSentence = 'Invalid limit parameter - must be '

/** `limit` of GET /user/calls, refused in the words of the first service. */
export function readLimit(text: string | undefined): number {
  if (text === undefined) return 50
  if (!/^[+-]?\d+$/.test(text)) throw new AppError('bad_request', `${limitSentence}an integer`)
  const limit = Number(text)
  if (limit >= 1 && limit <= 500) return limit
  throw new AppError('bad_request', `${limitSentence}between 1 and 500`)
}

/** The answer of GET /user/calls, with the names of the first service. `total_calls` is the number of rows returned. */
export async function listHistory(actor: Actor, limit: number) {
  const calls = await listLatest(await database(), actor.userId, limit)
  return { user_id: actor.userId, username: actor.username, total_calls: calls.length, calls }
}

/** The answer of GET /call/{id}/status; to everybody but the owner the call is not there. */
export async function readStatus(actor: Actor, callId: string) {
  const row = await findStatus(await database(), actor.userId, callId)
  if (!row) throw new AppError('not_found', 'Call ID not found')
  return row
}

/** A page of the actor's calls, newest first, filtered or searched. */
export async function listCalls(actor: Actor, { cursor, limit, ...filters }: CallListQuery): Promise<CallListDto> {
  const db = await database()
  const asked = { userId: actor.userId, filters, cursor, limit }
  const [page, unread] = await Promise.all([
    isHeavy(filters) ? apart(db, 'page', asked) : readPage(db, asked),
    countUnread(db, actor.userId),
  ])
  return { ...page, unread }
}

/** The calls that hold all words of `q`. */
export function searchCalls(actor: Actor, q: string, limit = 50): Promise<CallListDto> {
  return listCalls(actor, { q, limit })
}

export async function findCallDetail(actor: Actor, name: string): Promise<CallDetailDto> {
  return toDetail(await requireCall(actor, name))
}

export async function toDetail(row: CallRow): Promise<CallDetailDto> {
  const db = await database()
  const [events, recordings] = await Promise.all([findEvents(db, row.id), findRecordings(db, row.id)])
  return toCallDetailDto(row, events, recordings)
}

/** The actor's own call of that name; anybody else's is not found. */
export async function requireCall(actor: Actor, name: string): Promise<CallRow> {
  const row = await findCall(await database(), actor.userId, name)
  if (!row || !canReadCall(actor, row)) throw new AppError('not_found', 'Call ID not found')
  return row
}

/** The overview of the actor's last days. */
export async function readStats(actor: Actor, { days, timeZone = 'UTC' }: StatsQuery): Promise<StatsDto> {
  return apart(await database(), 'stats', { userId: actor.userId, days, timeZone, nowMs: Date.now() })
}
