import type { ModelLayout } from '#lib/models/layout.ts'
import type { Language, Pcm } from '../ports.ts'

export type EarsLayout = Extract<ModelLayout, { kind: 'whisper' | 'moonshine' }>

/** What an STT child is started with. */
export type SttArgument = { layout: EarsLayout; languages: Language[] }

export type SttRequest = { type: 'hear'; id: number; samples: Pcm; language: Language }

export type SttAnswer =
  | { type: 'ready' }
  | { type: 'heard'; id: number; text: string; speechMs: number }
  | { type: 'failed'; id: number; message: string }
