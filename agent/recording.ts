import { type FileHandle, open, rm } from 'node:fs/promises'
import { wavHeader } from '#lib/voice/audio/wav.ts'
import { rateHz } from '#lib/voice/ports.ts'

const headerBytes = 44
const bars = 200
const pieceBytes = 256 * 1024

/** About 200 values 0..1: the loudest sample of each stretch of a WAV file we wrote, read piece by piece. */
export async function readPeaks(path: string): Promise<number[]> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const samples = Math.floor((size - headerBytes) / 2)
    if (samples <= 0) return []
    const perBar = Math.max(1, Math.ceil(samples / bars))
    const peaks = new Array<number>(Math.ceil(samples / perBar)).fill(0)
    let at = 0
    for await (const piece of pieces(file, headerBytes, samples * 2)) {
      for (const sample of piece) {
        const bar = Math.floor(at / perBar)
        const loud = Math.abs(sample) / 32_768
        if (loud > peaks[bar]!) peaks[bar] = loud
        at++
      }
    }
    return peaks.map(peak => Math.round(peak * 1_000) / 1_000)
  } finally {
    await file.close()
  }
}

async function* pieces(file: FileHandle, from: number, bytes: number): AsyncGenerator<Int16Array> {
  for (let done = 0; done < bytes; ) {
    const buffer = new ArrayBuffer(Math.min(pieceBytes, bytes - done))
    const { bytesRead } = await file.read(new Uint8Array(buffer), 0, buffer.byteLength, from + done)
    if (bytesRead < 2) return
    yield new Int16Array(buffer, 0, bytesRead >> 1)
    done += bytesRead & ~1
  }
}

/**
 * Mends the WAV file of a process that was killed: its header says "length unknown". Answers what is there, or null when
 * nothing was written.
 */
export async function repairRecording(
  path: string,
  channels: number,
  hz = rateHz,
): Promise<{ bytes: number; durationMs: number } | null> {
  let file: FileHandle
  try {
    file = await open(path, 'r+')
  } catch {
    return null
  }
  try {
    const { size } = await file.stat()
    const frame = 2 * channels
    const data = Math.floor((size - headerBytes) / frame) * frame
    if (data <= 0) return null
    await file.write(wavHeader(data, hz, channels), 0, headerBytes, 0)
    await file.truncate(headerBytes + data)
    return { bytes: headerBytes + data, durationMs: Math.round((data / frame / hz) * 1_000) }
  } finally {
    await file.close()
  }
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {})
}
