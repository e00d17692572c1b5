import type { Pcm } from '#lib/voice/ports.ts'

/**
 * One leg's audio, whatever carries it: 20 ms frames of 16 kHz PCM both ways. The writer paces; a socket never queues more
 * than the far side's own small buffer. Both Asterisk transports and the browser's microphone pass the same suite.
 */
export type MediaSocket = {
  /** How many frames the far side should hold ahead, so that a late tick is not heard. 0 when it has no buffer. */
  readonly leadFrames: number
  onFrame: (frame: Pcm) => void
  /** Called exactly once. */
  onClose: (reason: string) => void
  write(frame: Pcm): void
  /** Drops what the far side still holds. Returns how many frames (at most) that were, so that they can be played again. */
  flush(): number
  close(): void
}
