import type { Database } from '#db/open.ts'
import type { Actor } from '#lib/accounts/actor.ts'
import { isSessionLive, onSessionEnded } from '#lib/accounts/index.ts'
import { database } from '../database.ts'
import { onDraining } from '../health/readiness.ts'
import { log } from '../log.ts'
import { once } from '../once.ts'
import type { LiveMessage } from './contract.ts'
import { toLiveEvent } from './dto.ts'
import { findEventsAfter, findNewEvents, type LiveRow, lastEventId } from './repo-events.ts'

/** One reading serves all that was committed within this time. */
const settleMs = 20
const rowsAtOnce = 500
/** Who missed more than this loads the page again. */
const maxMissed = 500
const heartbeatMs = 15_000
/** Sessions may be ended by another process, which tells nobody here: they are looked at this often. */
const lookAtSessionsMs = 700

export type Subscriber = {
  actor: Actor
  /** Sends one message; `id` is what a client that comes back names. False when the client takes nothing any more. */
  send(message: LiveMessage, id?: number): boolean
  heartbeat(): void
  close(reason: 'signed_out' | 'shutdown' | 'slow'): void
}

type Place = Subscriber & { backlog: LiveRow[] | null }
type Hub = {
  places: Set<Place>
  lastId: number
  isReading: boolean
  wantsMore: boolean
  /** Set while anybody watches; resolves to how to stop. */
  running: Promise<() => void> | null
}

/** The one reader of call_events in this process: it reads past the last id once, for everybody who watches. */
const hub = once(
  'calls.live',
  (): Hub => ({ places: new Set(), lastId: 0, isReading: false, wantsMore: false, running: null }),
)

/** Watches an owner's calls, beginning after the event `afterId` when it is given. Returns how to stop. */
export async function subscribe(subscriber: Subscriber, afterId: number | null): Promise<() => void> {
  const db = await database()
  const place: Place = { ...subscriber, backlog: [] }
  hub.places.add(place)
  const leave = () => {
    hub.places.delete(place)
    if (hub.places.size === 0) stopHub()
  }
  try {
    hub.running ??= startHub(db)
    await hub.running
    await catchUp(db, place, afterId)
  } catch (error) {
    leave()
    throw error
  }
  return leave
}

async function catchUp(db: Database, place: Place, afterId: number | null): Promise<void> {
  const now = hub.lastId
  let sentId = now
  if (afterId !== null && afterId > now) place.send({ event: 'reset', data: {} })
  else if (afterId !== null && afterId < now) {
    const missed = await findEventsAfter(db, place.actor.userId, afterId, maxMissed + 1)
    if (missed.length > maxMissed) place.send({ event: 'reset', data: {} })
    else for (const row of missed) sendRow(place, row)
    sentId = Math.max(now, missed.at(-1)?.id ?? 0)
  }
  for (const row of place.backlog ?? []) if (row.id > sentId) sendRow(place, row)
  place.backlog = null
  place.send({ event: 'ready', data: { lastId: hub.lastId } }, hub.lastId)
}

function sendRow(place: Place, row: LiveRow): void {
  const isTaken =
    row.kind === 'changed'
      ? place.send({ event: 'changed', data: { callId: row.callId } }, row.id)
      : place.send({ event: 'call', data: toLiveEvent(row) }, row.id)
  if (!isTaken) {
    hub.places.delete(place)
    place.close('slow')
  }
}

async function startHub(db: Database): Promise<() => void> {
  hub.lastId = await lastEventId(db)
  const stopWatching = db.watch(() => readSoon(db))
  const beat = setInterval(() => {
    for (const place of hub.places) place.heartbeat()
  }, heartbeatMs)
  const look = setInterval(() => void endDeadSessions(), lookAtSessionsMs)
  for (const timer of [beat, look]) timer.unref()
  const stopListening = onSessionEnded(({ userId, sessionId }) => {
    for (const place of [...hub.places]) {
      const { actor } = place
      if (actor.userId === userId && (sessionId === undefined || actor.sessionId === sessionId))
        end(place, 'signed_out')
    }
  })
  const stopDraining = onDraining(closeStreams)
  return () => {
    stopDraining()
    stopWatching()
    clearInterval(beat)
    clearInterval(look)
    stopListening()
  }
}

function stopHub(): void {
  const running = hub.running
  hub.running = null
  void running?.then(
    stop => stop(),
    () => {},
  )
}

function end(place: Place, reason: 'signed_out' | 'shutdown'): void {
  hub.places.delete(place)
  place.send({ event: 'end', data: { reason } })
  place.close(reason)
  if (hub.places.size === 0) stopHub()
}

function readSoon(db: Database): void {
  if (hub.isReading) {
    hub.wantsMore = true
    return
  }
  hub.isReading = true
  setTimeout(() => void readNew(db), settleMs).unref()
}

async function readNew(db: Database): Promise<void> {
  hub.wantsMore = false
  try {
    let rows: LiveRow[]
    do {
      rows = await findNewEvents(db, hub.lastId, rowsAtOnce)
      for (const row of rows) deliver(row)
      hub.lastId = rows.at(-1)?.id ?? hub.lastId
    } while (rows.length === rowsAtOnce)
  } catch (error) {
    log.warn({ err: error }, 'the live view could not read on')
  }
  hub.isReading = false
  if (hub.wantsMore) readSoon(db)
}

function deliver(row: LiveRow): void {
  for (const place of hub.places) {
    if (place.actor.userId !== row.userId) continue
    if (place.backlog) place.backlog.push(row)
    else sendRow(place, row)
  }
}

/** Fifty tabs of one session cost one look. */
async function endDeadSessions(): Promise<void> {
  const looks = new Map<string, Place[]>()
  for (const place of hub.places) {
    const { userId, sessionId, keyId } = place.actor
    const key = `${userId} ${sessionId ?? ''} ${keyId ?? ''}`
    looks.set(key, [...(looks.get(key) ?? []), place])
  }
  for (const places of looks.values()) {
    try {
      if (await isSessionLive(places[0]!.actor)) continue
    } catch {
      // The database does not answer: nobody is sent away for that.
      continue
    }
    for (const place of places) end(place, 'signed_out')
  }
}

/** Tells the owner's other pages of this process that a call is gone. Its events went with it, so no row can. */
export function tellDeleted(userId: number, callId: string): void {
  for (const place of hub.places) {
    if (place.actor.userId === userId) place.send({ event: 'deleted', data: { callId } })
  }
}

/** Ends every stream: the server is about to stop. */
export function closeStreams(): void {
  for (const place of [...hub.places]) end(place, 'shutdown')
}
