import { AppError } from '#lib/errors.ts'

const longestLine = 1_000_000

/**
 * The lines of an uploaded text file as they arrive, up to `limitBytes`; nothing is kept. UTF-8 or UTF-16 by its mark;
 * bytes that are no UTF-8 are read as Windows-1252, which old telephones write.
 */
export async function* linesOfFile(request: Request, limitBytes: number): AsyncGenerator<string> {
  const encoding = request.headers.get('content-encoding')
  if (encoding && encoding.toLowerCase() !== 'identity') {
    throw new AppError('unsupported_media', 'Compressed bodies are not accepted.')
  }
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge(limitBytes)
  const { body } = request
  if (!body) return
  let decoder: TextDecoder | null = null
  let rest = ''
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > limitBytes) throw tooLarge(limitBytes)
    decoder ??= new TextDecoder(encodingOf(chunk))
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new AppError('invalid', 'The file has a line that is too long.')
    yield* lines
  }
  rest += decoder?.decode() ?? ''
  if (rest !== '') yield* rest.split(/\r\n|\n|\r/)
}

function tooLarge(limitBytes: number): AppError {
  return new AppError('too_large', `The file may have at most ${Math.floor(limitBytes / 1024 / 1024)} MB.`)
}

function encodingOf(first: Uint8Array): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le'
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be'
  // A letter may be cut by the end of the chunk: the last three bytes say nothing.
  const sample = first.subarray(0, Math.max(0, first.byteLength - 3))
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
