import { request } from 'node:http'
import { Readable } from 'node:stream'
import type { PreviewInput } from '#lib/voice/contract.ts'
import { AppError } from '../errors.ts'

const answerWithinMs = 15_000

/**
 * A sentence in a line's voice, as WAV, from the voice process: sound is made there and only passed through here.
 * Rejects with `unavailable` when that process is away, and with what it said when the voice cannot speak.
 */
export function openPreview(socketPath: string, input: PreviewInput): Promise<ReadableStream<Uint8Array>> {
  const away = new AppError('unavailable', 'The voice process does not answer. Please try again in a moment.', 5)
  const body = JSON.stringify(input)
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        socketPath,
        path: '/speak',
        method: 'POST',
        headers: { 'content-length': Buffer.byteLength(body) },
        timeout: answerWithinMs,
      },
      answer => {
        if (answer.statusCode === 200) return resolve(Readable.toWeb(answer) as ReadableStream<Uint8Array>)
        answer.resume()
        reject(
          answer.statusCode === 422 ? new AppError('invalid', 'No voice for this language is installed yet.') : away,
        )
      },
    )
    asked.on('timeout', () => asked.destroy(away))
    asked.on('error', () => reject(away))
    asked.end(body)
  })
}
