import { MessageChannel } from 'node:worker_threads'
import type { Clock } from '#lib/voice/ports.ts'
import type { LegMessage, MediaHandle, MediaThread } from './media/client.ts'

/** What carries a browser's sound: a WebSocket, or a test. */
export type BrowserSocket = {
  /** Sound for the loudspeaker, 16 kHz. */
  send(samples: Int16Array): void
  /** What was sent and not played yet shall not be heard. */
  clear(): void
  close(reason: string): void
  onSound: (samples: Int16Array) => void
  onKey: (digit: string) => void
  /** Called once. `isDeliberate`: they hung up; otherwise their page or their network is gone. */
  onClose: (isDeliberate: boolean) => void
}

/** What a browser is reached with, whoever sits there. */
export type BrowserEnd = { socket: BrowserSocket; media: MediaThread; clock: Clock }

const openWithinMs = 4_000

export type BrowserSound = {
  readonly handle: MediaHandle
  /** Sound flows; several may ask, it happens once. */
  open(): Promise<void>
  close(reason: string): Promise<void>
}

/** A browser's microphone and loudspeaker as a leg of the media thread, whoever sits there: a caller, or the owner. */
export function openBrowserSound({
  socket,
  media,
  hears,
  listener,
  onSound,
}: Omit<BrowserEnd, 'clock'> & {
  hears: boolean
  listener: (message: LegMessage) => void
  onSound?: () => void
}): BrowserSound {
  const { port1: ours, port2: theirs } = new MessageChannel()
  const handle = media.leg(listener)
  let isClosed = false
  let opening: Promise<void> | null = null

  ours.on('message', (samples: Int16Array | null) => {
    if (isClosed) return
    if (samples) socket.send(samples)
    else socket.clear()
  })
  socket.onSound = samples => {
    if (isClosed) return
    onSound?.()
    ours.postMessage(samples, [samples.buffer as ArrayBuffer])
  }

  return {
    handle,
    open() {
      if (isClosed) return Promise.reject(new Error('The browser has hung up.'))
      opening ??= handle.open({ kind: 'port', port: theirs }, { hears, connectTimeoutMs: openWithinMs })
      return opening
    },
    async close(reason) {
      if (isClosed) return
      isClosed = true
      await handle.close()
      ours.close()
      socket.close(reason)
    },
  }
}
