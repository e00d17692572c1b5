import { MessageChannel } from 'node:worker_threads'
import type { Clock, Line, LineEvent } from '#lib/voice/ports.ts'
import type { LegMessage, MediaThread } from './media/client.ts'

/** What carries a browser's sound: a WebSocket, or a test. */
export type BrowserSocket = {
  /** Sound for the loudspeaker, 16 kHz. */
  send(samples: Int16Array): void
  /** What was sent and not played yet shall not be heard. */
  clear(): void
  close(reason: string): void
  onSound: (samples: Int16Array) => void
  onKey: (digit: string) => void
  /** Called once. */
  onClose: () => void
}

/** A browser's first sound needs no pause for a trunk, only for its own buffer. */
const firstSoundMs = 100
const openWithinMs = 4_000

/** A voice line on a browser's microphone: the same media thread as a telephone, without anybody to ring. */
export function createBrowserLine({
  socket,
  media,
  clock,
}: {
  socket: BrowserSocket
  media: MediaThread
  clock: Clock
}): Line {
  const listeners = new Set<(event: LineEvent) => void>()
  const { port1: ours, port2: theirs } = new MessageChannel()
  let hasEnded = false
  let isRecording = false

  const handle = media.leg(fromMedia)
  const emit = (event: LineEvent) => {
    for (const listener of listeners) listener(event)
  }

  function fromMedia(message: LegMessage): void {
    if (message.type === 'closed') {
      if (!message.isExpected) end({ type: 'failed', atMs: clock.now(), message: message.reason })
      return
    }
    const atMs = 'epochMs' in message ? clock.now() - (epochNow() - message.epochMs) : clock.now()
    if (message.type === 'recording_finished') isRecording = false
    if (message.type === 'utterance') {
      const { audio, speechMs, endedEpochMs, epochMs } = message
      if (!hasEnded) emit({ type: 'utterance', atMs, audio, speechMs, endedAtMs: atMs - (epochMs - endedEpochMs) })
      return
    }
    const { leg: _leg, ...rest } = message
    const { epochMs: _epochMs, ...event } = rest as typeof rest & { epochMs?: number }
    const isLate = hasEnded && !['recording_finished', 'call_recorded'].includes(event.type)
    if (!isLate) emit({ ...event, atMs } as LineEvent)
  }

  function end(event: Extract<LineEvent, { type: 'hung_up' | 'failed' }>): void {
    if (hasEnded) return
    hasEnded = true
    emit(event)
    void handle.close().finally(() => {
      ours.close()
      socket.close(event.type === 'hung_up' ? event.cause : 'failed')
    })
  }

  ours.on('message', (samples: Int16Array | null) => {
    if (hasEnded) return
    if (samples) socket.send(samples)
    else socket.clear()
  })
  socket.onSound = samples => {
    if (!hasEnded) ours.postMessage(samples, [samples.buffer as ArrayBuffer])
  }
  socket.onKey = digit => {
    if (hasEnded) return
    if (isRecording && digit === '#') handle.send({ type: 'stop_recording', cause: 'key' })
    emit({ type: 'dtmf', atMs: clock.now(), digit })
  }
  socket.onClose = () => end({ type: 'hung_up', atMs: clock.now(), cause: 'closed' })

  return {
    kind: 'browser',
    on: listener => void listeners.add(listener),
    async answer() {
      await handle.open({ kind: 'port', port: theirs }, { hears: true, connectTimeoutMs: openWithinMs })
      handle.send({ type: 'hold', ms: firstSoundMs })
    },
    play: (playback, audio) => handle.play(playback, audio),
    pause: () => handle.send({ type: 'pause' }),
    resume: () => handle.send({ type: 'resume' }),
    clear: () => handle.send({ type: 'clear' }),
    listen: options => handle.send({ type: 'listen', ...options }),
    async dial() {
      return { outcome: 'failed' }
    },
    record(options) {
      isRecording = true
      handle.send({ type: 'record', ...options })
    },
    stopRecording: () => handle.send({ type: 'stop_recording', cause: 'stopped' }),
    recordCall: path => handle.send({ type: 'record_call', path }),
    async hangUp(cause) {
      end({ type: 'hung_up', atMs: clock.now(), cause })
    },
    async release() {
      end({ type: 'hung_up', atMs: clock.now(), cause: 'released' })
    },
  }
}

const epochNow = () => performance.timeOrigin + performance.now()
