import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  appendEvents,
  beginCall,
  beginRecording,
  changeRecording,
  finishCall,
  listRecordings,
  recordingFile,
} from '#lib/calls/index.ts'
import { database } from '#lib/database.ts'
import { findLineForNumber } from '#lib/lines/index.ts'
import { log } from '#lib/log.ts'
import type { FallbackRecording } from '#lib/telephony/index.ts'
import { readPeaks, removeFile, repairRecording } from './recording.ts'
import { findCallOfMessage, forgetRecording, hasVoicemailEvent } from './repo.ts'

/** A recording that runs is written twice a second; one that was not touched for so long has lost its process. */
const abandonedAfterMs = 15_000
const shortestMs = 700

/** What a killed process left open: headers are mended, messages get into the inbox, calls are closed. Answers how many were saved. */
export async function recoverRecordings(nowMs = Date.now()): Promise<number> {
  let saved = 0
  for (const recording of await listRecordings('recording', 500)) {
    try {
      if (await recoverOne(recording, nowMs)) saved++
    } catch (error) {
      log.warn({ err: error, recording: recording.id }, 'a recording could not be recovered')
    }
  }
  return saved
}

async function recoverOne(recording: Awaited<ReturnType<typeof listRecordings>>[number], nowMs: number) {
  const path = recordingFile(recording.path)
  const touchedMs = path
    ? await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => null,
      )
    : null
  const lastMs = touchedMs ?? Date.parse(recording.createdAt)
  if (nowMs - lastMs < abandonedAfterMs) return false
  const found = path ? await repairRecording(path, recording.channels, recording.rateHz) : null
  if (!path || !found || found.durationMs < shortestMs) {
    if (path) await removeFile(path)
    await forgetRecording(await database(), recording.id)
    return false
  }
  await changeRecording(recording.id, { ...found, status: 'stored', peaks: await readPeaks(path) })
  if (recording.kind === 'voicemail') await closeCallOf(recording.call, recording.id, found.durationMs, lastMs)
  return true
}

async function closeCallOf(call: number, recording: number, durationMs: number, lastMs: number): Promise<void> {
  const db = await database()
  const row = await findCallOfMessage(db, call)
  if (!row) return
  const atMs = Math.max(0, Math.round(lastMs - Date.parse(row.timestamp)))
  if (!(await hasVoicemailEvent(db, call))) {
    await appendEvents(call, row.userId, [{ kind: 'voicemail', atMs, data: { durationMs, recording } }])
  }
  if (row.status === 'in_progress') {
    await finishCall(call, row.userId, {
      action: 'voicemail',
      endedBy: 'fault',
      atMs,
      message: 'Taking a message',
      decidedBy: 'fallback',
      rung: 'fallback',
      reason: 'The voice process stopped during the message; what was said until then is kept.',
    })
  }
}

/** Messages that the dialplan took while the assistant was away come into the inbox of the line they were for. */
export async function importFallbackRecordings(
  found: readonly FallbackRecording[],
  recordingsDir: string,
): Promise<number> {
  let imported = 0
  for (const recording of found) {
    try {
      if (await importOne(recording, recordingsDir)) imported++
    } catch (error) {
      log.warn({ err: error }, 'a message taken by the dialplan could not be imported and stays there')
    }
  }
  return imported
}

async function importOne(found: FallbackRecording, recordingsDir: string): Promise<boolean> {
  const owner = await findLineForNumber(found.calledNumber)
  if (!owner) return false
  const audio = new Uint8Array(await found.fetch())
  const at = found.recordedAt.getTime()
  const { userId, line } = owner
  const { call } = await beginCall(
    { userId },
    {
      callId: found.name.slice(0, 120),
      callerNumber: found.callerNumber,
      calledNumber: found.calledNumber,
      source: 'phone',
      lineId: line.id,
      at,
    },
  )
  const relative = join(String(userId), found.recordedAt.toISOString().slice(0, 10), `fallback-${call}.wav`)
  const path = join(recordingsDir, relative)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, audio, { mode: 0o600 })
  const rateHz = audio.length > 28 ? new DataView(audio.buffer).getUint32(24, true) : 8_000
  const { id } = await beginRecording({ call, userId, kind: 'voicemail', path: relative, rateHz, channels: 1 })
  const durationMs = Math.round(((audio.length - 44) / 2 / rateHz) * 1_000)
  await changeRecording(id, { status: 'stored', bytes: audio.length, durationMs, peaks: await readPeaks(path) })
  await appendEvents(call, userId, [{ kind: 'voicemail', atMs: durationMs, data: { durationMs, recording: id } }])
  await finishCall(call, userId, {
    action: 'voicemail',
    endedBy: 'caller',
    atMs: durationMs,
    message: 'Taking a message',
    decidedBy: 'fallback',
    rung: 'fallback',
    reason: 'The assistant was away, so the telephone system took a message.',
  })
  await found.remove()
  return true
}
