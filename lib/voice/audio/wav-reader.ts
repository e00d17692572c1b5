import type { Pcm } from '../ports.ts'
import { decodeWav, pcmFromBytes, toMono } from './wav.ts'

/** A WAV file that is still arriving. */
export type WavReader = {
  /** Mono samples that these bytes complete. Throws when this is no WAV file. */
  push(bytes: Uint8Array): Pcm
  /** Known once the header was read. */
  rateHz(): number | undefined
}

const headerLimitBytes = 64 * 1024

/** Reads 16-bit WAV piece by piece; with `rawHz` there is no header and every byte is sound. */
export function createWavReader(rawHz?: number): WavReader {
  let header = new Uint8Array(0)
  let odd = new Uint8Array(0)
  let hz = rawHz
  let channels = 1

  const sound = (bytes: Uint8Array): Pcm => {
    const whole = join(odd, bytes)
    const used = whole.length - (whole.length % (2 * channels))
    odd = whole.slice(used)
    return toMono({ samples: pcmFromBytes(whole.subarray(0, used)), channels })
  }

  return {
    rateHz: () => hz,
    push(bytes) {
      if (hz) return sound(bytes)
      header = join(header, bytes)
      if (header.length < 12) return new Int16Array(0)
      const start = dataStart(header)
      if (start === undefined) {
        if (header.length > headerLimitBytes) throw new Error('The WAV header does not end.')
        return new Int16Array(0)
      }
      // two samples are there: decodeWav checks the format and says what is wrong with it
      const probe = decodeWav(join(header.subarray(0, start), new Uint8Array(2)))
      if (new DataView(header.buffer, header.byteOffset).getUint16(bitsOffset(header), true) !== 16) {
        throw new Error('Only WAV files of 16 bits can be played as they come.')
      }
      hz = probe.rateHz
      channels = probe.channels
      return sound(header.subarray(start))
    },
  }
}

/** Where the sound begins, or undefined while the header is not complete. Throws when it is none. */
function dataStart(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') throw new Error('This is not a WAV file.')
  for (let at = 12; at + 8 <= bytes.length; ) {
    if (word(at) === 'data') return at + 8
    const length = view.getUint32(at + 4, true)
    at += 8 + length + (length % 2)
  }
  return undefined
}

function bitsOffset(bytes: Uint8Array): number {
  for (let at = 12; ; ) {
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === 'fmt ') return at + 8 + 14
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 4, true)
    at += 8 + length + (length % 2)
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length)
  whole.set(a)
  whole.set(b, a.length)
  return whole
}
