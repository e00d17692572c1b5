import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { wavHeader } from '#lib/voice/audio/wav.ts'
import { type Pcm, rateHz } from '#lib/voice/ports.ts'

/** Handed to the file this often, so that a kill loses at most that much. */
const batchSamples = rateHz / 2
/** A disk that stands still this long has failed. */
const mostWaitingMs = 10_000

export type Recorder = {
  readonly path: string
  readonly durationMs: number
  write(samples: Pcm): void
  /** Finishes the file and says how long it is. Never rejects: a failure was told through `onTrouble`. */
  close(): Promise<{ durationMs: number; bytes: number }>
}

/**
 * Writes a WAV file while the call goes on. The header says "length unknown" until the end, which every reader takes;
 * a full or dead disk ends the recording with one message and never the call.
 */
export function createRecorder({
  path,
  channels,
  onTrouble,
}: {
  path: string
  channels: 1 | 2
  onTrouble: (message: string) => void
}): Recorder {
  let file: FileHandle | null = null
  let samplesTaken = 0
  let bytesWritten = 0
  let batch: Pcm[] = []
  let batched = 0
  let waiting = 0
  let hasFailed = false

  const fail = (error: unknown) => {
    if (hasFailed) return
    hasFailed = true
    batch = []
    onTrouble(error instanceof Error ? error.message : String(error))
  }

  let work: Promise<void> = (async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    file = await open(path, 'w', 0o600)
    await file.write(wavHeader(0xffff_ffff, rateHz, channels))
  })().catch(fail)

  function hand(): void {
    if (batched === 0) return
    const bytes = new Uint8Array(batched * 2)
    let at = 0
    for (const piece of batch) {
      bytes.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), at)
      at += piece.byteLength
    }
    batch = []
    batched = 0
    waiting += bytes.length
    work = work
      .then(async () => {
        if (hasFailed || !file) return
        await file.write(bytes)
        bytesWritten += bytes.length
      })
      .catch(fail)
      .finally(() => {
        waiting -= bytes.length
      })
  }

  return {
    path,
    get durationMs() {
      return Math.round((samplesTaken / channels / rateHz) * 1000)
    },
    write(samples) {
      if (hasFailed) return
      if (waiting > (mostWaitingMs / 1000) * rateHz * 2 * channels) {
        fail(new Error('The disk does not keep up with the recording.'))
        return
      }
      samplesTaken += samples.length
      batch.push(samples)
      batched += samples.length
      if (batched >= batchSamples * channels) hand()
    },
    async close() {
      hand()
      await work
      const end = { durationMs: Math.round((bytesWritten / 2 / channels / rateHz) * 1000), bytes: bytesWritten + 44 }
      if (!file) return { durationMs: 0, bytes: 0 }
      await file.write(wavHeader(bytesWritten, rateHz, channels), 0, 44, 0).catch(fail)
      await file.close().catch(fail)
      file = null
      return end
    },
  }
}
