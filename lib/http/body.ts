import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { AppError } from '../errors.ts'
import { refuseInvalid } from './invalid.ts'
import { incomingOf } from './peer.ts'
import { checkValue } from './value.ts'

const bodyLimitBytes = 1024 * 1024
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads and checks a JSON body. Nothing over 1 MB is read, whatever the request promises about its length. */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const text = decode(await readBytes(request, bodyLimitBytes))
  if (text === '') {
    const absent = schema.safeParse(undefined)
    if (absent.success) return absent.data
  }
  const value = parseJson(text)
  checkValue(value)
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : refuseInvalid(parsed.error, value)
}

/** The raw body up to `limitBytes`; `too_large` as soon as there is more. */
export async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding')
  if (encoding && encoding.toLowerCase() !== 'identity') {
    throw new AppError('unsupported_media', 'Compressed bodies are not accepted.')
  }
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > limitBytes) throw tooLarge(limitBytes)
  const incoming = incomingOf(request)
  if (incoming && !incoming.destroyed && !incoming.readableEnded) return readIncoming(incoming, limitBytes)
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.byteLength
      if (length > limitBytes) {
        void reader.cancel().catch(() => {})
        throw tooLarge(limitBytes)
      }
      chunks.push(value)
    }
  } catch (error) {
    throw error instanceof AppError ? error : cutShort()
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length)
}

/** Stops listening at the limit and leaves the rest to the listener, which drains or closes. */
function readIncoming(incoming: Readable, limitBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const onData = (chunk: Buffer) => {
      length += chunk.byteLength
      chunks.push(chunk)
      if (length > limitBytes) finish(() => reject(tooLarge(limitBytes)))
    }
    const onEnd = () => finish(() => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length)))
    const onCut = () => finish(() => reject(cutShort()))
    function finish(settle: () => void) {
      incoming.off('data', onData).off('end', onEnd).off('close', onCut).off('error', onCut)
      settle()
    }
    incoming.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut)
  })
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw invalidJson()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidJson()
  }
}

const cutShort = () => new AppError('bad_request', 'The request ended before its body was complete.')
const invalidJson = () => new AppError('bad_request', 'Invalid JSON')
const tooLarge = (limitBytes: number) =>
  new AppError('too_large', `The body is larger than ${Math.round(limitBytes / 1024)} KB.`)
