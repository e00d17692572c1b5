import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

export type DownloadOptions = {
  url: string
  bytes: number
  /** Where the whole file will stand; until then it is `<path>.part`. */
  path: string
  signal: AbortSignal
  onProgress?(done: number, total: number): void
  /** No byte for so long means that the connection is dead. */
  stalledAfterMs?: number
  /** Pauses between attempts; tests make them short. */
  pauseMs?: number
}

const attemptsWithoutProgress = 5

/**
 * Downloads a file, going on where an earlier attempt (or an earlier process) stopped. A part is only continued when the
 * server says that it is still the same file: If-Range with the strong ETag or the date it had.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { url, bytes, path, signal, pauseMs = 1000 } = options
  refuseStrangeAddress(url)
  await mkdir(dirname(path), { recursive: true })
  let failures = 0
  while ((await sizeOf(`${path}.part`)) < bytes) {
    const before = await sizeOf(`${path}.part`)
    try {
      await attempt(options)
      failures = 0
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof Final || error instanceof Full) throw error
      failures = (await sizeOf(`${path}.part`)) > before ? 1 : failures + 1
      if (failures >= attemptsWithoutProgress) {
        throw new Error(`The download was cut again and again: ${(error as Error).message}. What is there is kept.`)
      }
      await sleep(Math.min(pauseMs * 2 ** (failures - 1), 30_000), signal)
    }
  }
  const size = await sizeOf(`${path}.part`)
  if (size !== bytes) {
    await discard(path)
    throw new Error(`The server sent ${size} bytes instead of ${bytes}.`)
  }
  await rename(`${path}.part`, path)
  await rm(`${path}.part.json`, { force: true })
}

/** Trying again would not help. */
class Final extends Error {}
class Full extends Error {}

export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '')
}

async function attempt({ url, bytes, path, signal, onProgress, stalledAfterMs = 30_000 }: DownloadOptions) {
  const part = `${path}.part`
  const validator = await readValidator(path, url)
  const have = validator ? await sizeOf(part) : 0
  const stalled = new AbortController()
  let timer = setTimeout(() => stalled.abort(), stalledAfterMs)
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => stalled.abort(), stalledAfterMs)
  }
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, stalled.signal]),
      headers: {
        'user-agent': 'ai-call-service',
        'accept-encoding': 'identity',
        ...(have > 0 && validator ? { range: `bytes=${have}-`, 'if-range': validator } : {}),
      },
    })
    if (response.status === 416) {
      await discard(path)
      throw new Error('the server could not go on where it stopped')
    }
    if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) {
      throw new Final(`The server ${new URL(url).host} answered ${response.status}.`)
    }
    if (!response.ok || !response.body) throw new Error(`the server ${new URL(url).host} answered ${response.status}`)
    const start = response.status === 206 ? rangeStart(response, have) : 0
    await rememberValidator(path, url, response)
    const file = await open(part, start > 0 ? 'r+' : 'w', 0o640)
    try {
      let at = start
      for await (const piece of response.body) {
        alive()
        if (at + piece.length > bytes) throw new Final(`The server sent more than the ${bytes} bytes it promised.`)
        await file.write(piece, 0, piece.length, at)
        at += piece.length
        onProgress?.(at, bytes)
      }
      await file.sync()
      if (at < bytes) throw new Error(`the connection ended after ${at} of ${bytes} bytes`)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isDiskFull(error)) throw new Full('The disk is full. What was downloaded is kept.')
    if (error instanceof Final) await discard(path)
    if (stalled.signal.aborted && !signal.aborted) throw new Error('nothing came any more')
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Where a partial answer begins. Anything but what was asked for would make a file with a hole in it. */
function rangeStart(response: Response, asked: number): number {
  const start = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN)
  if (start !== asked) throw new Error('the server answered another part than the one asked for')
  return start
}

async function rememberValidator(path: string, url: string, response: Response): Promise<void> {
  const etag = response.headers.get('etag')
  // a weak ETag means "about the same", which is not enough to join two halves
  const validator = etag && !etag.startsWith('W/') ? etag : response.headers.get('last-modified')
  if (validator) await writeFile(`${path}.part.json`, JSON.stringify({ url, validator }))
  else await rm(`${path}.part.json`, { force: true })
}

async function readValidator(path: string, url: string): Promise<string | undefined> {
  try {
    const kept = JSON.parse(await readFile(`${path}.part.json`, 'utf8')) as { url?: unknown; validator?: unknown }
    return kept.url === url && typeof kept.validator === 'string' ? kept.validator : undefined
  } catch {
    return undefined
  }
}

export async function discard(path: string): Promise<void> {
  await Promise.all([path, `${path}.part`, `${path}.part.json`].map(file => rm(file, { force: true })))
}

export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

export async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash, { signal })
  return hash.digest('hex')
}

function refuseStrangeAddress(url: string): void {
  const { protocol, hostname } = new URL(url)
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) {
    throw new Error('Models are downloaded over https only.')
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms)
    function done() {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    function stop() {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
}
