import { Worker } from 'node:worker_threads'
import type { Pcm } from '#lib/voice/ports.ts'
import type { FromMedia, MediaOptions, ToMedia, Transport } from './protocol.ts'

type OfLeg<Message> = Message extends { leg: number } ? Omit<Message, 'leg'> : never
export type LegCommand = OfLeg<Exclude<ToMedia, { type: 'open' | 'close' | 'shut_down' | 'play' | 'audio' | 'end' }>>
export type LegMessage = Exclude<Extract<FromMedia, { leg: number }>, { type: 'opened' }>

/** One leg in the media thread, seen from the main thread. */
export type MediaHandle = {
  /** What `couple` calls it. */
  readonly leg: number
  /** Resolves when audio flows; rejects with a sentence. May be called again after the transport was lost. */
  open(transport: Transport, options: { hears: boolean; connectTimeoutMs: number }): Promise<void>
  send(command: LegCommand): void
  /** Queues audio; the pieces are copied, so that a cached phrase can be played twice. */
  play(playback: number, audio: AsyncIterable<Pcm> | Pcm): void
  /** Resolves when recordings are finished and the transport is closed. */
  close(): Promise<void>
}

export type MediaThread = {
  readonly audiosocketPort: number
  leg(listener: (message: LegMessage) => void): MediaHandle
  onLoad(listener: (load: { worstLateMs: number; legs: number }) => void): void
  close(): Promise<void>
}

type Entry = {
  listener: (message: LegMessage) => void
  opened: { resolve: () => void; reject: (error: Error) => void } | null
  closed: { promise: Promise<void>; resolve: () => void } | null
}

const closeTimeoutMs = 5_000

/** Starts the media thread. When it dies every leg is told so, and a new one takes the next `open`. */
export async function startMedia(options: MediaOptions): Promise<MediaThread> {
  const entries = new Map<number, Entry>()
  const loadListeners = new Set<(load: { worstLateMs: number; legs: number }) => void>()
  let nextLeg = 1
  let isClosing = false
  let worker: Worker
  let audiosocketPort = 0
  let ready: Promise<void> = Promise.resolve()

  function start(): Promise<void> {
    const mine = new Worker(new URL('./thread.ts', import.meta.url), { workerData: options, name: 'media' })
    worker = mine
    return new Promise((resolve, reject) => {
      mine.on('message', (message: FromMedia) => {
        if (message.type === 'ready') {
          audiosocketPort = message.audiosocketPort
          resolve()
        } else receive(message)
      })
      let reason = 'The media thread stopped.'
      mine.on('error', error => {
        reason = `The media thread failed: ${error.message}`
      })
      mine.on('exit', () => {
        reject(new Error(reason))
        if (isClosing || worker !== mine) return
        ready = start()
        ready.catch(() => {})
        for (const leg of entries.keys()) receive({ type: 'closed', leg, isExpected: false, reason })
      })
    })
  }

  function receive(message: FromMedia): void {
    if (message.type === 'load') {
      for (const listener of loadListeners) listener(message)
      return
    }
    if (message.type === 'ready') return
    const entry = entries.get(message.leg)
    if (!entry) return
    if (message.type === 'opened') {
      entry.opened?.resolve()
      entry.opened = null
      return
    }
    if (message.type === 'closed') {
      if (entry.opened) {
        entry.opened.reject(new Error(message.reason))
        entry.opened = null
        if (!entry.closed) return
      }
      if (entry.closed) {
        entries.delete(message.leg)
        entry.closed.resolve()
        return
      }
    }
    entry.listener(message)
  }

  ready = start()
  await ready

  return {
    get audiosocketPort() {
      return audiosocketPort
    },
    leg(listener) {
      const leg = nextLeg++
      const entry: Entry = { listener, opened: null, closed: null }
      const post = (message: ToMedia, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer)
      let wasOpened = false
      return {
        leg,
        async open(transport, { hears, connectTimeoutMs }) {
          entries.set(leg, entry)
          wasOpened = true
          await ready
          await new Promise<void>((resolve, reject) => {
            entry.opened?.reject(new Error('opened again'))
            entry.opened = { resolve, reject }
            const message: ToMedia = { type: 'open', leg, transport, hears, connectTimeoutMs }
            if (transport.kind === 'port') worker.postMessage(message, [transport.port])
            else post(message)
          })
        },
        send(command) {
          post({ ...command, leg } as ToMedia)
        },
        play(playback, audio) {
          post({ type: 'play', leg, playback })
          if (audio instanceof Int16Array) {
            const pcm = audio.slice()
            post({ type: 'audio', leg, playback, pcm }, [pcm.buffer])
            post({ type: 'end', leg, playback })
            return
          }
          pump(leg, playback, audio, post)
        },
        close() {
          if (!wasOpened) return Promise.resolve()
          if (entry.closed) return entry.closed.promise
          const { promise, resolve } = Promise.withResolvers<void>()
          const timer = setTimeout(() => {
            entries.delete(leg)
            resolve()
          }, closeTimeoutMs)
          entry.closed = {
            promise,
            resolve() {
              clearTimeout(timer)
              resolve()
            },
          }
          if (!entries.has(leg)) entry.closed.resolve()
          post({ type: 'close', leg })
          return promise
        },
      }
    },
    onLoad(listener) {
      loadListeners.add(listener)
    },
    async close() {
      isClosing = true
      const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
      worker.postMessage({ type: 'shut_down' } satisfies ToMedia)
      const timer = setTimeout(() => void worker.terminate(), closeTimeoutMs)
      await ended
      clearTimeout(timer)
    },
  }
}

/** A voice that fails in the middle of a sentence ends the playback; its failure is told by whoever made the audio. */
async function pump(
  leg: number,
  playback: number,
  audio: AsyncIterable<Pcm>,
  post: (message: ToMedia, transfer?: ArrayBuffer[]) => void,
): Promise<void> {
  try {
    for await (const piece of audio) {
      const pcm = piece.slice()
      post({ type: 'audio', leg, playback, pcm }, [pcm.buffer])
    }
  } catch {
    // the engine has said why
  } finally {
    post({ type: 'end', leg, playback })
  }
}
