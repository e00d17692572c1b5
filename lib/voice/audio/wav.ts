import { type Pcm, rateHz } from '../ports.ts'

/** Samples of a WAV file as they are: one channel is not forced, the rate is not changed. */
export type Wav = { rateHz: number; channels: number; samples: Pcm }

const headerBytes = 44

/** The 44 bytes before `dataBytes` of 16-bit PCM. Unknown length (a stream): pass 0xffffffff. */
export function wavHeader(dataBytes: number, hz = rateHz, channels = 1): Uint8Array {
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  const word = (offset: number, text: string) => {
    for (let i = 0; i < 4; i++) header[offset + i] = text.charCodeAt(i)
  }
  const size = Math.min(dataBytes, 0xffff_ffff - 36)
  word(0, 'RIFF')
  view.setUint32(4, size + 36, true)
  word(8, 'WAVE')
  word(12, 'fmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, hz, true)
  view.setUint32(28, hz * channels * 2, true)
  view.setUint16(32, channels * 2, true)
  view.setUint16(34, 16, true)
  word(36, 'data')
  view.setUint32(40, Math.min(dataBytes, 0xffff_ffff), true)
  return header
}

/** A whole WAV file of 16-bit PCM. */
export function encodeWav(samples: Pcm, hz = rateHz, channels = 1): Uint8Array {
  const bytes = new Uint8Array(headerBytes + samples.byteLength)
  bytes.set(wavHeader(samples.byteLength, hz, channels))
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), headerBytes)
  return bytes
}

/**
 * Reads a WAV file that somebody else wrote: 8, 16, 24 or 32-bit integers or 32-bit floats, any chunk order, a length field
 * that is 0, 0xffffffff or longer than the file (streams and killed writers leave those). Throws an Error with one sentence.
 */
export function decodeWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const word = (offset: number) =>
    offset + 4 <= bytes.length ? String.fromCharCode(...bytes.subarray(offset, offset + 4)) : ''
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') throw new Error('This is not a WAV file.')
  let format: { tag: number; channels: number; hz: number; bits: number } | undefined
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const name = word(offset)
    const claimed = view.getUint32(offset + 4, true)
    const start = offset + 8
    const length = Math.min(claimed, bytes.length - start)
    if (name === 'fmt ') {
      if (length < 16) throw new Error('The WAV header is cut short.')
      const tag = view.getUint16(start, true)
      format = {
        // 0xfffe: the real format stands in the extension's first two bytes
        tag: tag === 0xfffe && length >= 26 ? view.getUint16(start + 24, true) : tag,
        channels: view.getUint16(start + 2, true),
        hz: view.getUint32(start + 4, true),
        bits: view.getUint16(start + 14, true),
      }
    } else if (name === 'data') {
      if (!format) throw new Error('The WAV file has sound before its format.')
      // a stream's header says 0 or the largest number: the sound is whatever follows
      return toSamples(view, start, claimed === 0 ? bytes.length - start : length, format)
    }
    offset = start + claimed + (claimed % 2)
  }
  throw new Error('The WAV file holds no sound.')
}

function toSamples(
  view: DataView,
  start: number,
  length: number,
  { tag, channels, hz, bits }: { tag: number; channels: number; hz: number; bits: number },
): Wav {
  if (channels < 1 || channels > 8) throw new Error(`A WAV file of ${channels} channels cannot be read.`)
  if (hz < 4000 || hz > 192_000) throw new Error(`A WAV file of ${hz} Hz cannot be read.`)
  const read = reader(view, tag, bits)
  if (!read) throw new Error(`A WAV file of format ${tag} with ${bits} bits cannot be read.`)
  const step = bits / 8
  const count = Math.floor(length / step / channels) * channels
  const samples = new Int16Array(count)
  for (let i = 0; i < count; i++) samples[i] = read(start + i * step)
  return { rateHz: hz, channels, samples }
}

function reader(view: DataView, tag: number, bits: number): ((offset: number) => number) | undefined {
  if (tag === 1 && bits === 16) return offset => view.getInt16(offset, true)
  if (tag === 1 && bits === 8) return offset => (view.getUint8(offset) - 128) << 8
  if (tag === 1 && bits === 24) return offset => view.getInt16(offset + 1, true)
  if (tag === 1 && bits === 32) return offset => view.getInt16(offset + 2, true)
  if (tag === 3 && bits === 32) return offset => floatSample(view.getFloat32(offset, true))
  return undefined
}

/** A float in -1..1 (louder is clipped, NaN is silence) as a 16-bit sample. */
export function floatSample(value: number): number {
  if (!(value > -1)) return Number.isNaN(value) ? 0 : -32_768
  return value >= 1 ? 32_767 : Math.round(value * 32_767)
}

export function toFloats(samples: Pcm): Float32Array {
  const floats = new Float32Array(samples.length)
  for (let i = 0; i < samples.length; i++) floats[i] = samples[i]! / 32_768
  return floats
}

export function fromFloats(floats: Float32Array): Pcm {
  const samples = new Int16Array(floats.length)
  for (let i = 0; i < floats.length; i++) samples[i] = floatSample(floats[i]!)
  return samples
}

/** The mean of all channels. */
export function toMono({ samples, channels }: Pick<Wav, 'samples' | 'channels'>): Pcm {
  if (channels === 1) return samples
  const mono = new Int16Array(Math.floor(samples.length / channels))
  for (let i = 0; i < mono.length; i++) {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += samples[i * channels + c]!
    mono[i] = Math.round(sum / channels)
  }
  return mono
}

/** 16-bit little-endian bytes as samples; an odd last byte is dropped. Copies, so any offset is fine. */
export function pcmFromBytes(bytes: Uint8Array): Pcm {
  const whole = bytes.byteLength & ~1
  return new Int16Array(bytes.slice(0, whole).buffer)
}

export function bytesFromPcm(samples: Pcm): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
}
