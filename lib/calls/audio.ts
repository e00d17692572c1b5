import type { Actor } from '#lib/accounts/actor.ts'
import { database } from '../database.ts'
import { AppError } from '../errors.ts'
import { requireCall } from './read.ts'
import { openRecording } from './recording-files.ts'
import { findRecordings } from './repo-recordings.ts'

const chunkBytes = 64 * 1024

type Range = { start: number; end: number }

/** The audio of one of the actor's calls: the recording asked for, or the newest that can be played. */
export async function readAudio(actor: Actor, name: string, recording: number | undefined, request: Request) {
  const call = await requireCall(actor, name)
  const rows = await findRecordings(await database(), call.id)
  const row =
    recording === undefined
      ? rows.findLast(({ status }) => status === 'stored' || status === 'transcribed')
      : rows.find(({ id }) => id === recording)
  const file = row && (await openRecording(row.path))
  if (!file) throw new AppError('not_found', 'There is no recording of this call.')
  const { size } = await file.stat()
  const range = readRange(request.headers.get('range'), size)
  const headers: Record<string, string> = {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-disposition': `inline; filename="call-${call.id}.wav"`,
  }
  if (range === 'impossible') {
    await file.close()
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } })
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  headers['content-length'] = String(end - start + 1)
  if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`
  let at = start
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const wanted = Math.min(chunkBytes, end - at + 1)
      const buffer = new Uint8Array(Math.max(wanted, 0))
      const { bytesRead } = wanted > 0 ? await file.read(buffer, 0, wanted, at) : { bytesRead: 0 }
      at += bytesRead
      if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
      if (bytesRead === 0 || at > end) {
        await file.close()
        controller.close()
      }
    },
    cancel: () => file.close(),
  })
  return new Response(body, { status: range ? 206 : 200, headers })
}

/** One byte range (RFC 9110 14.2). Several at once, and what is no byte range, count as none; outside the file is impossible. */
export function readRange(header: string | null, size: number): Range | 'impossible' | null {
  const match = header === null ? null : /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header.trim())
  if (!match || (match[1] === '' && match[2] === '')) return null
  if (match[1] === '') {
    const last = Number(match[2])
    return last === 0 || size === 0 ? 'impossible' : { start: Math.max(0, size - last), end: size - 1 }
  }
  const start = Number(match[1])
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (start >= size) return 'impossible'
  return start > end ? null : { start, end }
}
