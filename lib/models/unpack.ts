import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type ReadEntry, Unpack } from 'tar'
import unbzip2 from 'unbzip2-stream'
import { isDiskFull } from './download.ts'

export type UnpackLimits = { bytes: number; entries: number }

export const unpackLimits: UnpackLimits = { bytes: 3 * 1024 ** 3, entries: 5000 }

/** What an archive may not do; its sentence is for the person who pulled it. */
class Refused extends Error {}

const depthLimit = 8
// examples of speech that nobody needs here
const skipped = /(^|\/)(test_wavs|\.git)(\/|$)/

/**
 * Unpacks a model's archive (.tar, .tar.gz or .tar.bz2, told by its first bytes) into an empty folder. Plain files and folders
 * below that folder and nothing else: no absolute paths, no "..", no links, no devices, no more bytes than announced.
 * Throws one sentence at the first entry that is anything else; what was written is for the caller to throw away.
 */
export async function unpack(
  archive: string,
  folder: string,
  { signal, limits = unpackLimits }: { signal: AbortSignal; limits?: UnpackLimits },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o750 })
  let entries = 0
  let announced = 0
  let refusal: Refused | undefined
  const refuse = (sentence: string) => {
    refusal ??= new Refused(sentence)
    // the stream is ended from inside its own filter: after this tick
    queueMicrotask(() => target.destroy(refusal))
    return false
  }
  const target = new PassThrough()
  const writer = new Unpack({
    cwd: folder,
    strict: true,
    preservePaths: false,
    noMtime: true,
    filter: (_path, entry) => {
      if (refusal) return false
      const file = entry as ReadEntry
      const { path, type, size = 0 } = file
      const shown = JSON.stringify(path.slice(0, 80))
      entries += 1
      announced += size
      if (entries > limits.entries) return refuse(`The archive holds more than ${limits.entries} files.`)
      if (announced > limits.bytes) return refuse('The archive unpacks to more than a model may have.')
      if (type !== 'File' && type !== 'OldFile' && type !== 'ContiguousFile' && type !== 'Directory') {
        return refuse(`The archive holds ${shown}, which is no plain file (${type}).`)
      }
      if (isOutside(path)) return refuse(`The archive wants to write to ${shown}.`)
      // what the archive says about rights counts for nothing
      file.mode = type === 'Directory' ? 0o750 : 0o640
      return !skipped.test(path)
    },
  })
  const isWritten = new Promise<void>((resolve, reject) => {
    writer.on('close', resolve)
    writer.on('error', reject)
    target.on('error', reject)
  })
  let isOver = false
  writer.on('eof', () => {
    isOver = true
  })
  target.on('data', (bytes: Buffer) => {
    // what follows the end of the archive is padding: read, counted, and not looked at
    if (!isOver && !writer.write(bytes)) {
      target.pause()
      writer.once('drain', () => target.resume())
    }
  })
  target.on('end', () => writer.end())
  isWritten.catch(() => {})
  try {
    const opened = await opener(archive)
    const source = createReadStream(archive)
    // three times the limit: headers and padding are in it too
    const counter = limit(limits.bytes * 1.1 + 64 * 1024 * 1024)
    if (opened) await pipeline(source, opened, counter, target, { signal })
    else await pipeline(source, counter, target, { signal })
    await isWritten
  } catch (error) {
    signal.throwIfAborted()
    if (isDiskFull(error)) throw new Error('The disk is full.')
    throw refusal ?? (error instanceof Refused ? error : new Error(`The archive is damaged (${sentenceOf(error)}).`))
  }
  if (refusal) throw refusal
  if (entries === 0) throw new Error('The archive is empty.')
}

function isOutside(path: string): boolean {
  const parts = path.split('/')
  return (
    path === '' ||
    path.startsWith('/') ||
    path.includes('\\') ||
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    /[\u0000-\u001f]/.test(path) ||
    /^[a-z]:/i.test(path) ||
    parts.includes('..') ||
    parts.length > depthLimit ||
    parts.some(part => part.length > 200)
  )
}

async function opener(archive: string): Promise<NodeJS.ReadWriteStream | undefined> {
  const file = await open(archive, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0)
    if (bytesRead < 3) throw new Error('it is empty')
    if (buffer[0] === 0x1f && buffer[1] === 0x8b) return createGunzip()
    if (buffer.toString('latin1') === 'BZh') return unbzip2()
    return undefined
  } finally {
    await file.close()
  }
}

/** Ends a bomb: a few bytes that unpack without end. */
function limit(bytes: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > bytes) done(new Refused('The archive unpacks to more than a model may have.'))
      else done(null, chunk)
    },
  })
}

function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 120)
}

/** The folder that holds the files: archives usually have one folder at the top. */
export async function modelRoot(folder: string): Promise<string> {
  const names = await readdir(folder)
  if (names.length !== 1) return folder
  const only = join(folder, names[0]!)
  return (await stat(only)).isDirectory() ? only : folder
}
