import type { Pcm } from '../ports.ts'
import type { VoiceConfig } from './sherpa.ts'

/** What a speech host is started with: flite's own voices, or one pulled voice. */
export type SpeechArgument = { engine: 'flite' } | { engine: 'sherpa'; config: VoiceConfig }

/** `pieces` are spoken in order, each one's audio is sent as soon as it is there. `voice` is flite's name or a speaker's number. */
export type SpeechRequest =
  | { type: 'speak'; id: number; pieces: string[]; voice: string }
  | { type: 'cancel'; id: number }

export type SpeechAnswer =
  | { type: 'ready' }
  | { type: 'audio'; id: number; samples: Pcm }
  | { type: 'done'; id: number }
  | { type: 'failed'; id: number; message: string }
