import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  appendEvents,
  beginRecording,
  type CallOutcome,
  type CallProgress,
  changeRecording,
  finishCall,
} from '#lib/calls/index.ts'
import { database } from '#lib/database.ts'
import { toInstant } from '#lib/instant.ts'
import { log } from '#lib/log.ts'
import type { Note, RecordedFile, Story } from '#lib/voice/index.ts'
import type { Clock } from '#lib/voice/ports.ts'
import { rateHz } from '#lib/voice/ports.ts'
import { readPeaks, removeFile } from './recording.ts'
import { forgetRecording } from './repo.ts'

/** Events are written together this often; a live view hardly notices, the disk does. */
const gatherMs = 40
const mostWaiting = 5_000
const idWithinMs = 300
const giveUpAfterMs = 120_000

export type AgentStory = Story & {
  /** What changes in the call's row along with the next events. */
  change(columns: CallProgress): void
  /** Writes what is left and closes the row. Never rejects. */
  finish(outcome: CallOutcome): Promise<void>
  /** Recordings of messages that were kept, for the work that follows a call. */
  readonly messages: readonly number[]
}

export type StoryOptions = {
  clock: Clock
  userId: number
  /** Resolves when the call's row is there; a locked database is waited for beside the conversation. */
  row: Promise<number>
  recordingsDir: string
  hasRoom: () => boolean
}

type Event = Note & { atMs: number }
/** Written by those who cause them: the call's beginning, the owner's orders, the end. */
const writtenElsewhere: ReadonlySet<Note['kind']> = new Set(['received', 'command', 'ended'])

/** Writes a call down while it runs, in order, without ever making the conversation wait for the disk. */
export function createStory({ clock, userId, row, recordingsDir, hasRoom }: StoryOptions): AgentStory {
  const begun = new Map<string, Promise<number | null>>()
  const messages: number[] = []
  const afterwards: Promise<unknown>[] = []
  const latencyMs: Record<string, number> = {}
  let waiting: Event[] = []
  let columns: CallProgress = {}
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    await new Promise<void>(resolve => clock.after(gatherMs, resolve))
    const call = await row
    const startedAt = clock.now()
    for (let waitMs = 100; waiting.length > 0 || Object.keys(columns).length > 0; ) {
      const events = waiting
      const change = columns
      waiting = []
      columns = {}
      try {
        await appendEvents(call, userId, events, change)
        waitMs = 100
      } catch (error) {
        waiting = [...events, ...waiting].slice(0, mostWaiting)
        columns = { ...change, ...columns }
        if (clock.now() - startedAt > giveUpAfterMs) throw error
        await new Promise<void>(resolve => clock.after(waitMs, resolve))
        waitMs = Math.min(waitMs * 2, 2_000)
      }
    }
  }

  function schedule(): void {
    writing ??= write()
      .catch(error => log.error({ err: error }, 'a part of a call’s story could not be written'))
      .finally(() => {
        writing = null
        if (waiting.length > 0) schedule()
      })
  }

  async function settleRecording(file: RecordedFile, begunRow: Promise<number | null>): Promise<void> {
    const id = await begunRow
    if (id === null) return
    if (file.isEmpty) {
      await removeFile(file.path)
      await forgetRecording(await database(), id)
      return
    }
    const { bytes, durationMs } = file
    const peaks = await readPeaks(file.path).catch(() => [])
    await changeRecording(id, { status: 'stored', bytes, durationMs, peaks })
  }

  return {
    messages,
    add(note, atMs) {
      if (writtenElsewhere.has(note.kind) || waiting.length >= mostWaiting) return
      waiting.push({ ...note, atMs })
      if (note.kind === 'answered') columns = { ...columns, answeredAt: toInstant(Date.now()) }
      if (note.kind === 'measured') {
        latencyMs[note.data.stage] = note.data.ms
        columns = { ...columns, latencyMs: { ...latencyMs } }
      }
      schedule()
    },
    change(next) {
      columns = { ...columns, ...next }
      schedule()
    },
    newRecording(kind) {
      if (!hasRoom()) return null
      const day = new Date().toISOString().slice(0, 10)
      const relative = join(String(userId), day, `${randomUUID()}.wav`)
      const channels = kind === 'call' ? 2 : 1
      const noted = row
        .then(call => beginRecording({ call, userId, kind, path: relative, rateHz, channels }))
        .then(({ id }) => id)
        .catch(error => {
          log.error({ err: error }, 'a recording could not be noted')
          return null
        })
      const path = join(recordingsDir, relative)
      begun.set(path, noted)
      return path
    },
    async recorded(file) {
      const noted = begun.get(file.path)
      if (!noted) return undefined
      afterwards.push(
        settleRecording(file, noted).catch(error => log.error({ err: error }, 'a recording could not be stored')),
      )
      if (file.isEmpty) return undefined
      if (file.kind === 'voicemail') {
        afterwards.push(noted.then(id => (id === null ? undefined : messages.push(id))))
      }
      const late = new Promise<null>(resolve => clock.after(idWithinMs, () => resolve(null)))
      return (await Promise.race([noted, late])) ?? undefined
    },
    keepNumber(number) {
      columns = { ...columns, callbackNumber: number.slice(0, 64) }
      schedule()
    },
    async finish(outcome) {
      const startedAt = clock.now()
      await writing
      await Promise.all(afterwards)
      for (let waitMs = 200; ; waitMs = Math.min(waitMs * 2, 2_000)) {
        try {
          await finishCall(await row, userId, outcome)
          return
        } catch (error) {
          if (clock.now() - startedAt > giveUpAfterMs) {
            log.error({ err: error }, 'the end of a call could not be written')
            return
          }
          await new Promise<void>(resolve => clock.after(waitMs, resolve))
        }
      }
    },
  }
}
