import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { concat } from '../audio/resample.ts'
import { bytesFromPcm, pcmFromBytes } from '../audio/wav.ts'
import type { Language, Pcm } from '../ports.ts'
import type { SpeakOptions, Voices } from './voices.ts'

/** Sentences that are said in every call, made once for each voice and kept, so that a call begins without waiting for an engine. */
export type PhraseCache = {
  /** From memory, at once; undefined when it was not prepared. */
  find(text: string, options: { voice?: string; language: Language }): Pcm | undefined
  /** From memory or disk, else spoken now and kept. */
  get(text: string, options: SpeakOptions): Promise<Pcm>
  /** Makes all of them; answers the sentences that could not be made, with the reason of the first. */
  prepare(texts: readonly string[], options: SpeakOptions): Promise<{ failed: string[]; reason?: string }>
}

// a change of how speech is made (trimming, loudness) is a new version
const version = 2
const longestBytes = 16_000 * 2 * 60
const memoryLimit = 600
const diskLimit = 2000

export function createPhraseCache(folder: string, voices: Voices): PhraseCache {
  const memory = new Map<string, Pcm>()
  const making = new Map<string, Promise<Pcm>>()
  let pruned: Promise<void> | undefined

  const keyOf = (text: string, { language, voice }: { voice?: string; language: Language }) => {
    const chosen = voices.voiceFor(language, voice)
    if (!chosen) return undefined
    const parts = [version, chosen.engine, chosen.id, language, text.trim()]
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
  }

  const remember = (key: string, samples: Pcm) => {
    memory.set(key, samples)
    if (memory.size > memoryLimit) memory.delete(memory.keys().next().value!)
    return samples
  }

  async function load(key: string): Promise<Pcm | undefined> {
    try {
      const bytes = await readFile(join(folder, `${key}.pcm`))
      // a cut file is made again
      if (bytes.length === 0 || bytes.length % 2 === 1 || bytes.length > longestBytes) return undefined
      return pcmFromBytes(bytes)
    } catch {
      return undefined
    }
  }

  async function make(key: string, text: string, options: SpeakOptions): Promise<Pcm> {
    const kept = await load(key)
    if (kept) return remember(key, kept)
    const pieces: Pcm[] = []
    for await (const piece of voices.speakStrictly(text, options)) pieces.push(piece)
    const samples = concat(pieces)
    // a full disk costs the cache, never the sentence
    if (samples.length > 0) await writeWhole(folder, `${key}.pcm`, bytesFromPcm(samples)).catch(() => {})
    return remember(key, samples)
  }

  async function get(text: string, options: SpeakOptions): Promise<Pcm> {
    const key = keyOf(text, options)
    const ready = key === undefined ? undefined : memory.get(key)
    if (ready) return ready
    if (key !== undefined) {
      const running = making.get(key) ?? make(key, text, options).finally(() => making.delete(key))
      making.set(key, running)
      try {
        return await running
      } catch {
        options.signal.throwIfAborted()
      }
    }
    // by any voice that still works, and not kept under the name of the one that failed
    const pieces: Pcm[] = []
    for await (const piece of voices.speak(text, options)) pieces.push(piece)
    return concat(pieces)
  }

  return {
    find(text, options) {
      const key = keyOf(text, options)
      return key === undefined ? undefined : memory.get(key)
    },
    get,
    async prepare(texts, options) {
      pruned ??= prune(folder).catch(() => {})
      await pruned
      const failed: string[] = []
      let reason: string | undefined
      for (const text of texts) {
        try {
          await get(text, options)
        } catch (error) {
          options.signal.throwIfAborted()
          failed.push(text)
          reason ??= error instanceof Error ? error.message : String(error)
        }
      }
      return reason === undefined ? { failed } : { failed, reason }
    },
  }
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const fresh = join(folder, `${name}.${randomUUID()}.tmp`)
  try {
    const file = await open(fresh, 'wx', 0o640)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, join(folder, name))
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
}

/** Greetings change: the files nobody needed for longest go, and what a killed process left half written. */
async function prune(folder: string): Promise<void> {
  const names = await readdir(folder)
  for (const name of names.filter(one => one.endsWith('.tmp'))) await rm(join(folder, name), { force: true })
  const kept = names.filter(one => one.endsWith('.pcm'))
  if (kept.length <= diskLimit) return
  const aged = await Promise.all(kept.map(async name => ({ name, at: (await stat(join(folder, name))).atimeMs })))
  aged.sort((a, b) => a.at - b.at)
  for (const { name } of aged.slice(0, kept.length - diskLimit)) await rm(join(folder, name), { force: true })
}
