import { database } from '../database.ts'
import { toInstant } from '../instant.ts'
import { log } from '../log.ts'
import { apart, stopApart } from './apart.ts'
import { orderLifeMs } from './commands.ts'
import { abandonedAfterMs } from './incoming.ts'
import { closeStreams } from './live.ts'
import { expireCommands } from './repo-commands.ts'
import { insertEvents, lastEventOf } from './repo-events.ts'
import { closeCall, findOpenCalls, type OpenCall, oldestAgent } from './repo-retention.ts'
import { newestUnindexed } from './repo-search.ts'
import { applyRetention, type Retention } from './retention.ts'

/** A question that nobody answers for this long is the end of its call. */
const questionLifeMs = 10 * 60_000
/** People who were put through may talk for hours without an event; whoever talks longer is written down as finished. */
const longestCallMs = 12 * 3_600_000
/** A call whose voice process is gone is closed when nothing was heard of it for this long. */
const orphanedAfterMs = 60_000
const agentSilentMs = 30_000
const indexEveryMs = 2_000
/** So many new calls between two rounds are a rush. */
const busyCalls = 100
const indexLateMs = 60_000
const reconcileEveryMs = 30_000
const retentionEveryMs = 6 * 3_600_000

type Options = { readRetention?: () => Promise<Retention> }

/**
 * The work that calls leave behind, done beside them for as long as the web process runs: indexing for search, closing
 * what a killed process left open, deleting what is too old. Returns a function that stops it and ends live streams.
 */
export function startCallWork({ readRetention }: Options = {}): () => Promise<void> {
  const jobs = [
    every(indexEveryMs, indexing()),
    every(reconcileEveryMs, async () => void (await reconcileCalls())),
    every(retentionEveryMs, async () => {
      if (readRetention) await applyRetention(await readRetention())
    }),
  ]
  return async () => {
    closeStreams()
    await Promise.all(jobs.map(stop => stop()))
    await stopApart(await database())
  }
}

/**
 * The thread is asked only when there is something to do: a quiet house needs none. While calls pour in it waits, because
 * it would take the database's one writer from them; a search brings the index up to date by itself.
 */
function indexing(now = Date.now): () => Promise<void> {
  let newest = 0
  let waitsSince: number | null = null
  return async () => {
    const db = await database()
    const found = await newestUnindexed(db)
    if (found === null) return
    const isBusy = found - newest > busyCalls
    newest = found
    waitsSince ??= now()
    if (isBusy && now() - waitsSince < indexLateMs) return
    waitsSince = null
    await apart(db, 'index', undefined)
  }
}

/** Runs a job now and then again and again, never twice at once; a failure is logged and the next round tries again. */
function every(ms: number, job: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let underWay = Promise.resolve()
  async function round() {
    try {
      await job()
    } catch (error) {
      log.warn({ err: error }, 'work on calls failed and will be tried again')
    }
    if (isStopped) return
    timer = setTimeout(next, ms)
    timer.unref()
  }
  function next() {
    underWay = round()
  }
  next()
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await underWay
  }
}

/**
 * Closes calls that no process is working on any more: a decision that was never made, a question that nobody answered,
 * a telephone call whose agent is gone. Safe to run in several processes; what still runs is left alone.
 */
export async function reconcileCalls(now = Date.now()): Promise<number> {
  const db = await database()
  const at = toInstant(now)
  const open = await findOpenCalls(db, toInstant(now - abandonedAfterMs), 500)
  const last = await lastEventOf(
    db,
    open.map(({ id }) => id),
  )
  const agentSince = await oldestAgent(db, toInstant(now - agentSilentMs))
  const lost = open.filter(call => isLost(call, Date.parse(last.get(call.id) || call.timestamp), agentSince, now))
  let closed = 0
  await db.write(function* (tx) {
    closed = 0
    yield* expireCommands(tx, db.tables, toInstant(now - orderLifeMs), at)
    for (const call of lost) {
      const isAnswered = call.action !== null
      const change = isAnswered
        ? { status: 'completed' as const, completedAt: at }
        : { status: 'failed' as const, completedAt: at, message: 'The service stopped before this call was decided.' }
      if (!(yield* closeCall(tx, db.tables, call.id, change))) continue
      closed++
      const ended = {
        kind: 'ended' as const,
        data: { by: isAnswered ? ('limit' as const) : ('fault' as const), action: call.action },
      }
      const atMs = now - Date.parse(call.timestamp)
      yield* insertEvents(tx, db.tables, db.dialect, call.id, call.userId, [{ ...ended, atMs }], at)
    }
  })
  return closed
}

function isLost(call: OpenCall, heardOfAt: number, agentSince: string | null, now: number): boolean {
  const silentMs = now - heardOfAt
  if (call.source === 'phone' || call.answeredAt !== null) {
    // A voice process that was there when the call came may still be holding it.
    const mayRun = agentSince !== null && agentSince <= call.timestamp
    return silentMs > (mayRun ? longestCallMs : orphanedAfterMs)
  }
  return silentMs > (call.action === null ? abandonedAfterMs : questionLifeMs)
}
