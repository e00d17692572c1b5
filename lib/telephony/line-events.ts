import type { LineEvent } from '#lib/voice/ports.ts'
import type { LegMessage } from './media/client.ts'

/** Recordings are finished while the line goes; everything else after the end is no longer news. */
export function isNewsAfterEnd(event: LineEvent): boolean {
  return event.type === 'recording_finished' || event.type === 'call_recorded'
}

/** What the media thread tells, in the words of a line. `atMs` is the conversation's clock. */
export function toLineEvent(message: LegMessage, atMs: number): LineEvent | null {
  switch (message.type) {
    case 'playback_started':
      return { type: message.type, atMs, playback: message.playback }
    case 'playback_finished': {
      const { type, playback, playedMs, isComplete } = message
      return { type, atMs, playback, playedMs, isComplete }
    }
    case 'speech_started':
    case 'speech_dismissed':
      return { type: message.type, atMs }
    case 'speech_so_far':
      return { type: message.type, atMs, audio: message.audio }
    case 'utterance': {
      const { type, audio, speechMs, epochMs, endedEpochMs } = message
      return { type, atMs, audio, speechMs, endedAtMs: atMs - (epochMs - endedEpochMs) }
    }
    case 'recording_finished': {
      const { type, cause, durationMs, path, bytes } = message
      return { type, atMs, cause, durationMs, path, bytes }
    }
    case 'call_recorded': {
      const { type, path, durationMs, bytes } = message
      return { type, atMs, path, durationMs, bytes }
    }
    case 'trouble':
      return { type: message.type, atMs, part: message.part, message: message.message }
    case 'closed':
      return null
  }
}
