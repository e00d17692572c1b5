import type { MessagePort } from 'node:worker_threads'
import { createFramer } from './framer.ts'
import type { MediaSocket } from './socket.ts'

/** A browser's microphone and loudspeaker, whose bytes the main thread passes on. */
export function openPort(port: MessagePort): MediaSocket {
  const framer = createFramer()
  const media: MediaSocket = {
    leadFrames: 2,
    onFrame: () => {},
    onClose: () => {},
    write(frame) {
      port.postMessage(frame)
    },
    flush() {
      port.postMessage(null)
      return media.leadFrames
    },
    close() {
      port.close()
    },
  }
  port.on('message', (samples: unknown) => {
    if (samples instanceof Int16Array) for (const frame of framer.push(samples)) media.onFrame(frame)
  })
  port.on('close', () => media.onClose('The browser went away.'))
  return media
}
