import { setTimeout as sleep } from 'node:timers/promises'
import type SQLite from 'better-sqlite3'
import { AppError } from '../lib/errors.ts'
import type { Database, Orm, Work } from './open.ts'

const lockWaitMs = 5_000
/** A group ends when its work has taken this long; what still waits goes into the next one, after a turn of the loop. */
const groupMs = 2
/** Whoever is told answers a client: five hundred of them at once would hold the loop for as long as that takes. */
const toldAtOnce = 16
/** A group longer than this may be in memory only when the disk does not answer: then new work is refused. */
const maxWaiting = 20_000

type Waiting = { work: Work<unknown>; resolve: (value: unknown) => void; reject: (error: unknown) => void }
type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown }

/**
 * Group commit: the works that wait when the loop comes round share one transaction and one `sync` of the log. A work
 * is resolved after both.
 */
export function groupedWriter(
  sqlite: SQLite.Database,
  orm: Orm,
  {
    sync,
    onCommit,
    nowMs = () => performance.now(),
  }: { sync: () => Promise<void>; onCommit: () => void; nowMs?: () => number },
): Database['write'] {
  const statements = { ...transactionStatements(sqlite), nowMs }
  let waiting: Waiting[] = []
  let committed: (Waiting & { outcome: Outcome })[] = []
  let syncing: Promise<void> | null = null
  let isRunning = false

  async function drain() {
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      try {
        const outcomes = await commitGroup(sqlite, orm, group, statements)
        outcomes.forEach((outcome, i) => {
          committed.push({ ...group[i]!, outcome })
        })
        // What did not fit into this group's time stays first in line.
        waiting = [...group.slice(outcomes.length), ...waiting]
        const hasMore = outcomes.length < group.length
        syncing ??= syncCommitted()
        // While the disk syncs, the next group gathers; only work that is late already goes on meanwhile.
        if (!hasMore) await syncing
      } catch (error) {
        const sentence = toAppError(error)
        for (const item of group) item.reject(sentence)
      }
      await nextTurn()
    }
    isRunning = false
  }

  /** One sync at a time, for all that was committed when it began, until everything is on the disk. */
  async function syncCommitted() {
    while (committed.length > 0) {
      const batch = committed
      committed = []
      try {
        await sync()
        for (const [i, { outcome, resolve, reject }] of batch.entries()) {
          if (outcome.ok) resolve(outcome.value)
          else reject(outcome.error)
          if (i % toldAtOnce === toldAtOnce - 1) await nextTurn()
        }
      } catch (error) {
        const sentence = toAppError(error)
        for (const { reject } of batch) reject(sentence)
      }
      onCommit()
    }
    syncing = null
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length >= maxWaiting) {
        reject(new AppError('unavailable', 'The database cannot keep up. Please try again.', 5))
        return
      }
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      if (isRunning) return
      isRunning = true
      setImmediate(() => void drain())
    })
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

/** Commits as many of the group as fit into its time and returns their outcomes, in order; at least one. */
async function commitGroup(
  sqlite: SQLite.Database,
  orm: Orm,
  group: Waiting[],
  statements: Statements,
): Promise<Outcome[]> {
  const deadline = Date.now() + lockWaitMs
  for (let waitMs = 2; ; waitMs = Math.min(waitMs * 2, 50)) {
    try {
      return commitNow(sqlite, orm, group, statements)
    } catch (error) {
      if (!isBusy(error) || Date.now() + waitMs > deadline) throw error
      await sleep(waitMs)
    }
  }
}

type Statements = ReturnType<typeof transactionStatements> & { nowMs: () => number }

function transactionStatements(sqlite: SQLite.Database) {
  return {
    begin: sqlite.prepare('BEGIN IMMEDIATE'),
    commit: sqlite.prepare('COMMIT'),
    rollback: sqlite.prepare('ROLLBACK'),
    save: sqlite.prepare('SAVEPOINT work'),
    release: sqlite.prepare('RELEASE work'),
    undo: sqlite.prepare('ROLLBACK TO work'),
  }
}

/**
 * One transaction. At first without a savepoint for each work: those cost a third of the time, and hardly ever does a
 * work throw. When one does, everything is undone and runs again, each work in a savepoint of its own.
 */
function commitNow(sqlite: SQLite.Database, orm: Orm, group: Waiting[], statements: Statements): Outcome[] {
  const runOne = ({ work }: Waiting): Outcome => ({ ok: true, value: runNow(work(orm)) })
  try {
    return inTransaction(sqlite, group, statements, runOne)
  } catch (error) {
    if (isBusy(error) || isOfTheDisk(error)) throw error
    if (group.length === 1) return [{ ok: false, error: toAppError(error) }]
  }
  return inTransaction(sqlite, group, statements, item => runAlone(sqlite, orm, item, statements))
}

function inTransaction(
  sqlite: SQLite.Database,
  group: Waiting[],
  { begin, commit, rollback, nowMs }: Statements,
  runOne: (item: Waiting) => Outcome,
): Outcome[] {
  // Fails at once with SQLITE_BUSY while another process writes: no work has run yet, so trying again is safe.
  begin.run()
  try {
    const startedAt = nowMs()
    const outcomes: Outcome[] = []
    for (const item of group) {
      outcomes.push(runOne(item))
      if (nowMs() - startedAt > groupMs) break
    }
    commit.run()
    return outcomes
  } catch (error) {
    if (sqlite.inTransaction) rollback.run()
    throw error
  }
}

/** A work that throws is undone alone; the others of its group stay. A full disk or a broken file ends them all. */
function runAlone(sqlite: SQLite.Database, orm: Orm, { work }: Waiting, { save, release, undo }: Statements): Outcome {
  save.run()
  try {
    const value = runNow(work(orm))
    release.run()
    return { ok: true, value }
  } catch (error) {
    if (!sqlite.inTransaction || isOfTheDisk(error)) throw error
    undo.run()
    release.run()
    return { ok: false, error: toAppError(error) }
  }
}

type SyncQuery = { _prepare(): { execute(): { sync(): unknown } } }
type SyncResult = { sync(): unknown }

function runNow<T>(steps: Generator<unknown, T, unknown>): T {
  let step = steps.next()
  while (!step.done) {
    let rows: unknown
    try {
      rows = executeNow(step.value)
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(rows)
  }
  return step.value
}

function executeNow(query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query
  if ('_prepare' in query) return (query as SyncQuery)._prepare().execute().sync()
  if ('sync' in query) return (query as SyncResult).sync()
  if ('then' in query) throw new Error('A unit of writing may not wait for anything but its own queries.')
  return query
}

function codeOf(error: unknown): string {
  for (let at = error; typeof at === 'object' && at !== null; at = (at as { cause?: unknown }).cause) {
    const code = (at as { code?: unknown }).code
    if (typeof code === 'string') return code
  }
  return ''
}

const isBusy = (error: unknown) => codeOf(error).startsWith('SQLITE_BUSY')
const isOfTheDisk = (error: unknown) => /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|ENOSPC|EIO|EDQUOT)/.test(codeOf(error))

function toAppError(error: unknown): unknown {
  if (isBusy(error)) return new AppError('unavailable', 'The database is busy. Please try again.', 5)
  if (isOfTheDisk(error)) {
    return new AppError('unavailable', 'The database cannot be written: the disk may be full. Nothing was stored.', 30)
  }
  return error
}
