import WebSocket, { type RawData } from 'ws'
import type { Pcm } from '#lib/voice/ports.ts'
import { createFramer } from './framer.ts'
import type { MediaSocket } from './socket.ts'

/** Frames Asterisk holds ahead of the caller's ear: a tick may be this late (60 ms) before anybody hears it. */
const leadFrames = 3
/** When this much is waiting in our own socket, the network stands still: newer audio is worth more than older. */
const mostWaitingBytes = 32_000

/**
 * The media socket of Asterisk's chan_websocket (22.6 and later, with `f(json)`): slin16 frames both ways as binary messages,
 * control as JSON text.
 */
export function openWebSocket(
  { url, authorization }: { url: string; authorization: string },
  { connectTimeoutMs }: { connectTimeoutMs: number },
): Promise<MediaSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'media', {
      headers: { authorization },
      handshakeTimeout: connectTimeoutMs,
      perMessageDeflate: false,
      maxPayload: 1 << 16,
    })
    const framer = createFramer()
    let reason = 'Asterisk closed the media socket.'
    let isOpen = false
    let isFull = false
    /** Older releases say and take bare words instead of JSON: the first thing Asterisk says tells which. */
    let isJson = true

    const media: MediaSocket = {
      leadFrames,
      onFrame: () => {},
      onClose: () => {},
      write(frame) {
        if (isFull || socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > mostWaitingBytes) return
        socket.send(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength))
      },
      flush() {
        command('FLUSH_MEDIA')
        return leadFrames
      },
      close() {
        reason = 'closed'
        command('HANGUP')
        socket.close()
        setTimeout(() => socket.terminate(), 1_000).unref()
      },
    }

    function command(name: string): void {
      if (socket.readyState === WebSocket.OPEN) socket.send(isJson ? JSON.stringify({ command: name }) : name)
    }

    function control(text: string): void {
      const event = controlEvent(text)
      if (event === 'MEDIA_START' && !isOpen) {
        isOpen = true
        isJson = text.startsWith('{')
        resolve(media)
      }
      if (event === 'MEDIA_XOFF') {
        // far more than our lead waits there: the audio would only grow old
        isFull = true
        command('FLUSH_MEDIA')
      }
      if (event === 'MEDIA_XON') isFull = false
    }

    socket.on('message', (data, isBinary) => {
      if (!isBinary) return control(String(data))
      // a peer that did not announce itself but sends audio is ready too
      if (!isOpen) {
        isOpen = true
        resolve(media)
      }
      for (const frame of framer.push(samplesOf(data))) media.onFrame(frame)
    })
    socket.on('error', error => {
      reason = error.message
    })
    socket.on('close', () => {
      if (isOpen) media.onClose(reason)
      else reject(new Error(`The media socket did not open: ${reason}`))
    })
    socket.on('open', () => {
      setTimeout(() => {
        if (isOpen) return
        reason = 'Asterisk sent no audio.'
        socket.terminate()
      }, connectTimeoutMs).unref()
    })
  })
}

function samplesOf(data: RawData): Pcm {
  const bytes = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
  const whole = bytes.byteLength & ~1
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, whole / 2)
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole))
}

/** `{"event":"MEDIA_START",...}` of newer releases, `MEDIA_START connection_id:...` of older ones. */
function controlEvent(text: string): string {
  if (!text.startsWith('{')) return text.split(' ', 1)[0] ?? ''
  try {
    return String((JSON.parse(text) as { event?: unknown }).event ?? '')
  } catch {
    return ''
  }
}
