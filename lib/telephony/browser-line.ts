import type { Line, LineEvent } from '#lib/voice/ports.ts'
import { admitGuest } from './admit.ts'
import { type BrowserEnd, openBrowserSound } from './browser-sound.ts'
import { isNewsAfterEnd, toLineEvent } from './line-events.ts'
import type { LegMessage } from './media/client.ts'
import { ringbackOf } from './media/ringback.ts'

/** A browser's first sound needs no pause for a trunk, only for its own buffer. */
const firstSoundMs = 100

/** A voice line on a browser's microphone: the same media thread as a telephone, without anybody to ring. */
export function createBrowserLine({ socket, media, clock }: BrowserEnd): Line {
  const listeners = new Set<(event: LineEvent) => void>()
  const ended = new AbortController()
  let opening: Promise<void> | null = null
  let isRecording = false
  let ringback = ringbackOf('')

  const sound = openBrowserSound({ socket, media, hears: true, listener: fromMedia })
  const { handle } = sound
  const emit = (event: LineEvent) => {
    for (const listener of listeners) listener(event)
  }

  function fromMedia(message: LegMessage): void {
    if (message.type === 'closed') {
      if (!message.isExpected) end({ type: 'failed', atMs: clock.now(), message: message.reason })
      return
    }
    const agoMs = 'epochMs' in message ? performance.timeOrigin + performance.now() - message.epochMs : 0
    const event = toLineEvent(message, clock.now() - agoMs)
    if (!event || (ended.signal.aborted && !isNewsAfterEnd(event))) return
    if (event.type === 'recording_finished') isRecording = false
    emit(event)
  }

  function end(event: Extract<LineEvent, { type: 'hung_up' | 'failed' }>): void {
    if (ended.signal.aborted) return
    ended.abort()
    emit(event)
    void sound.close(event.type === 'hung_up' ? event.cause : 'failed')
  }

  function open(): Promise<void> {
    opening ??= sound.open().then(() => handle.send({ type: 'hold', ms: firstSoundMs }))
    return opening
  }

  socket.onKey = digit => {
    if (ended.signal.aborted) return
    if (isRecording && digit === '#') handle.send({ type: 'stop_recording', cause: 'key' })
    emit({ type: 'dtmf', atMs: clock.now(), digit })
  }
  socket.onClose = () => end({ type: 'hung_up', atMs: clock.now(), cause: 'closed' })

  return {
    kind: 'browser',
    ringLike(country) {
      ringback = ringbackOf(country)
    },
    on: listener => void listeners.add(listener),
    answer: open,
    play: (playback, audio) => handle.play(playback, audio),
    pause: () => handle.send({ type: 'pause' }),
    resume: () => handle.send({ type: 'resume' }),
    clear: () => handle.send({ type: 'clear' }),
    listen: options => handle.send({ type: 'listen', ...options }),
    async dial() {
      return { outcome: 'failed' }
    },
    admit: (guest, { signal }) =>
      admitGuest(
        {
          clock,
          ended: ended.signal,
          async ring(isOn) {
            handle.send({ type: 'tone', tone: isOn ? ringback : null })
          },
          async open() {
            await open()
            return handle
          },
        },
        guest,
        signal,
      ),
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
