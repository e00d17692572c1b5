import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const rateHz = 8_000

/** A tone that swells and rests like speech: something to look at and to play, with nobody in it. */
export async function writeSpeechLike(
  path: string,
  durationMs: number,
): Promise<{ bytes: number; peaks: number[]; rateHz: number }> {
  const count = Math.round((durationMs / 1000) * rateHz)
  const pcm = new Int16Array(count)
  for (let i = 0; i < count; i++) {
    const at = i / rateHz
    const syllable = Math.max(0, Math.sin(at * 21 + Math.sin(at * 3) * 2))
    const phrase = Math.max(0, Math.sin(at * 1.1) + 0.35) ** 1.5
    pcm[i] = 9_000 * syllable * phrase * Math.sin(2 * Math.PI * (140 + 30 * Math.sin(at * 5)) * at)
  }
  const peaks = Array.from({ length: 200 }, (_, bar) => {
    const part = pcm.subarray(Math.floor((bar * count) / 200), Math.floor(((bar + 1) * count) / 200))
    return (
      Math.round(Math.min(1, part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 16_000) * 100) / 100
    )
  })
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + pcm.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rateHz, 24)
  header.writeUInt32LE(rateHz * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(pcm.byteLength, 40)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, Buffer.concat([header, Buffer.from(pcm.buffer)]))
  return { bytes: 44 + pcm.byteLength, peaks, rateHz }
}
