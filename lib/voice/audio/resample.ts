import libsamplerate from '@alexanderolsen/libsamplerate-js'
import type { Pcm } from '../ports.ts'
import { fromFloats, toFloats } from './wav.ts'

/**
 * Changes the rate of one mono stream. Keeps its filter's state between pieces, so that frame edges do not click;
 * the first piece comes out a little short (the filter's delay), `flush` gives the rest.
 */
export type Resampler = {
  push(samples: Pcm): Pcm
  flush(): Pcm
  close(): void
}

// one push is cut into blocks of this size, because the converter's own buffer is finite
const blockSamples = 4096

type Converter = Awaited<ReturnType<typeof libsamplerate.create>>

// Making a converter blocks for 10 ms (it unpacks its own WebAssembly), which a media thread must not do during calls:
// used ones wait here for the next call.
const idle = new Map<string, Converter[]>()
const idleLimit = 64

async function takeConverter(fromHz: number, toHz: number): Promise<Converter> {
  const used = idle.get(`${fromHz}:${toHz}`)?.pop()
  if (used) {
    // setting a property clears the filter's memory
    used.nChannels = 1
    return used
  }
  return libsamplerate.create(1, fromHz, toHz, { converterType: libsamplerate.ConverterType.SRC_SINC_FASTEST })
}

function giveBack(converter: Converter, fromHz: number, toHz: number): void {
  const key = `${fromHz}:${toHz}`
  const waiting = idle.get(key) ?? []
  idle.set(key, waiting)
  if (waiting.length < idleLimit) waiting.push(converter)
  else converter.destroy()
}

/** Makes `count` converters ahead of the first calls. */
export async function prepareResamplers(fromHz: number, toHz: number, count: number): Promise<void> {
  if (fromHz === toHz) return
  for (let i = idle.get(`${fromHz}:${toHz}`)?.length ?? 0; i < count; i++) {
    giveBack(
      await libsamplerate.create(1, fromHz, toHz, { converterType: libsamplerate.ConverterType.SRC_SINC_FASTEST }),
      fromHz,
      toHz,
    )
  }
}

/** A resampler from `fromHz` to `toHz`. Equal rates pass pieces through untouched. */
export async function createResampler(fromHz: number, toHz: number): Promise<Resampler> {
  if (fromHz === toHz) {
    return { push: samples => samples, flush: () => new Int16Array(0), close() {} }
  }
  const converter = await takeConverter(fromHz, toHz)
  const target = new Float32Array(Math.ceil((blockSamples * toHz) / fromHz) + 1024)
  let given = 0
  let made = 0
  let isClosed = false

  const push = (samples: Pcm): Pcm => {
    if (isClosed) return new Int16Array(0)
    const pieces: Pcm[] = []
    for (let at = 0; at < samples.length; at += blockSamples) {
      const count = { frames: 0 }
      converter.full(toFloats(samples.subarray(at, at + blockSamples)), target, count)
      pieces.push(fromFloats(target.subarray(0, count.frames)))
    }
    const result = concat(pieces)
    given += samples.length
    made += result.length
    return result
  }

  return {
    push,
    flush() {
      const missing = Math.round((given * toHz) / fromHz) - made
      if (missing <= 0) return new Int16Array(0)
      // silence pushes the last real samples out of the filter
      return push(new Int16Array(blockSamples)).subarray(0, missing)
    },
    close() {
      if (isClosed) return
      isClosed = true
      giveBack(converter, fromHz, toHz)
    },
  }
}

/** A whole recording at another rate; its length is kept to the sample. */
export async function resample(samples: Pcm, fromHz: number, toHz: number): Promise<Pcm> {
  if (fromHz === toHz) return samples
  const resampler = await createResampler(fromHz, toHz)
  try {
    return concat([resampler.push(samples), resampler.flush()])
  } finally {
    resampler.close()
  }
}

export function concat(pieces: readonly Pcm[]): Pcm {
  if (pieces.length === 1) return pieces[0]!
  const whole = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
