import { createServer, type Server, type Socket } from 'node:net'
import { createResampler, type Resampler } from '#lib/voice/audio/resample.ts'
import { rateHz } from '#lib/voice/ports.ts'
import { createFramer } from './framer.ts'
import type { MediaSocket } from './socket.ts'

/** Kinds of AudioSocket frames: one byte, then the payload's length (big-endian, two bytes), then the payload. */
const kinds = { hangUp: 0x00, uuid: 0x01, dtmf: 0x03, audio: 0x10, error: 0xff } as const
/** Sampling rates by kind: 0x10 is 8 kHz in every release, newer ones add the others. */
const ratesHz: Record<number, number> = { 16: 8_000, 17: 12_000, 18: 16_000, 19: 24_000, 20: 32_000 }
const wireHz = 8_000
const wireFrameBytes = 320
/** A stranger who connects and says nothing, or an unknown name, is cut off after this. */
const introductionMs = 3_000
const mostWaitingBytes = 16_000
const mostEarly = 64

export type AudioSocketServer = {
  readonly port: number
  /** Waits for the connection that introduces itself with `uuid`. */
  accept(uuid: string, options: { connectTimeoutMs: number }): Promise<MediaSocket>
  close(): Promise<void>
}

/** Takes AudioSocket connections, which Asterisk (18 and later) dials: 8 kHz PCM over TCP. */
export async function listenAudioSocket({ host, port }: { host: string; port: number }): Promise<AudioSocketServer> {
  type Expected = { take: (socket: Socket, early: Buffer) => void }
  const expected = new Map<string, Expected>()
  const sockets = new Set<Socket>()
  const early = new Map<string, { socket: Socket; rest: Buffer }>()
  const server: Server = createServer(socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    introduce(socket, (uuid, rest) => {
      const found = expected.get(uuid)
      if (!found) {
        // Asterisk can be faster than our own thread: it waits a moment to be expected
        if (early.size >= mostEarly) {
          socket.destroy()
          return
        }
        early.set(uuid, { socket, rest })
        setTimeout(() => {
          if (early.delete(uuid)) socket.destroy()
        }, introductionMs).unref()
        return
      }
      expected.delete(uuid)
      found.take(socket, rest)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  server.on('error', () => {})
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    accept(uuid, { connectTimeoutMs }) {
      const waiting = early.get(uuid)
      if (waiting) {
        early.delete(uuid)
        return wrap(waiting.socket, waiting.rest)
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          expected.delete(uuid)
          reject(new Error('Asterisk did not open the AudioSocket.'))
        }, connectTimeoutMs)
        expected.set(uuid, {
          take(socket, early) {
            clearTimeout(timer)
            wrap(socket, early).then(resolve, reject)
          },
        })
      })
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function introduce(socket: Socket, done: (uuid: string, rest: Buffer) => void): void {
  const reader = createReader()
  const timer = setTimeout(() => socket.destroy(), introductionMs)
  socket.once('close', () => clearTimeout(timer))
  socket.on('data', function first(chunk: Buffer) {
    const frame = reader.push(chunk, 1)[0]
    if (!frame) return
    clearTimeout(timer)
    socket.off('data', first)
    socket.pause()
    if (frame.kind !== kinds.uuid || frame.payload.length !== 16) {
      socket.destroy()
      return
    }
    const hex = frame.payload.toString('hex')
    done(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), reader.rest())
  })
}

async function wrap(socket: Socket, early: Buffer): Promise<MediaSocket> {
  const reader = createReader()
  const framer = createFramer()
  const down = await createResampler(rateHz, wireHz)
  const wire = createFramer(wireFrameBytes / 2)
  let up: { hz: number; resampler: Resampler } | null = null
  let changing: Promise<void> = Promise.resolve()
  let isClosed = false

  const media: MediaSocket = {
    leadFrames: 1,
    onFrame: () => {},
    onClose: () => {},
    write(frame) {
      if (socket.destroyed || socket.writableLength > mostWaitingBytes) return
      for (const piece of wire.push(down.push(frame))) {
        const bytes = Buffer.allocUnsafe(3 + wireFrameBytes)
        bytes[0] = kinds.audio
        bytes.writeUInt16BE(wireFrameBytes, 1)
        bytes.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), 3)
        socket.write(bytes)
      }
    },
    // nothing waits in Asterisk
    flush: () => 0,
    close() {
      if (socket.destroyed) return
      socket.end(Buffer.from([kinds.hangUp, 0, 0]))
      setTimeout(() => socket.destroy(), 1_000).unref()
    },
  }

  function audio(hz: number, payload: Buffer): void {
    if (up?.hz !== hz) {
      changing = changing.then(async () => {
        if (up?.hz === hz || isClosed) return
        up?.resampler.close()
        up = { hz, resampler: await createResampler(hz, rateHz) }
      })
      return
    }
    const samples = new Int16Array(payload.length >> 1)
    for (let i = 0; i < samples.length; i++) samples[i] = payload.readInt16LE(i * 2)
    for (const frame of framer.push(up.resampler.push(samples))) media.onFrame(frame)
  }

  function receive(chunk: Buffer): void {
    for (const { kind, payload } of reader.push(chunk)) {
      if (kind === kinds.hangUp || kind === kinds.error) {
        socket.destroy()
        return
      }
      const hz = ratesHz[kind]
      if (hz) audio(hz, payload)
    }
  }

  audio(wireHz, Buffer.alloc(0))
  await changing
  const release = () => {
    isClosed = true
    down.close()
    up?.resampler.close()
  }
  if (socket.destroyed) {
    release()
    throw new Error('Asterisk closed the AudioSocket at once.')
  }
  socket.on('close', () => {
    release()
    media.onClose('Asterisk closed the AudioSocket.')
  })
  setImmediate(() => {
    if (early.length > 0) receive(early)
    socket.on('data', receive)
    socket.resume()
  })
  return media
}

type Frame = { kind: number; payload: Buffer }

/** TCP splits and joins frames at will: whole frames out, the rest is carried over. */
export function createReader() {
  let held: Buffer = Buffer.alloc(0)
  return {
    push(chunk: Buffer, most = Number.POSITIVE_INFINITY): Frame[] {
      held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
      const frames: Frame[] = []
      let at = 0
      while (frames.length < most && at + 3 <= held.length) {
        const end = at + 3 + held.readUInt16BE(at + 1)
        if (end > held.length) break
        frames.push({ kind: held[at]!, payload: held.subarray(at + 3, end) })
        at = end
      }
      held = held.subarray(at)
      return frames
    },
    rest(): Buffer {
      const rest = held
      held = Buffer.alloc(0)
      return rest
    },
  }
}
