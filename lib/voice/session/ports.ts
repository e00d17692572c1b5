import type { Action, EndedBy, Note, Turn, Verdict } from '../dialog/state.ts'
import type { Clock, Guest, Language, Line, Pcm, Stt } from '../ports.ts'

/** What one conversation is given to work with. */
export type SessionPorts = {
  line: Line
  clock: Clock
  /** null: the line has no ears. */
  stt: Stt | null
  voice: Voice
  /** The rungs that are asked before the call is answered; null when none of them decides. */
  screen(signal: AbortSignal): Promise<Verdict | null>
  decide(turns: readonly Turn[], signal: AbortSignal): Promise<Verdict>
  /** A telephone number in spoken words, "oh three oh, one two three": its digits. */
  findNumber(text: string, language: Language): string | undefined
  story: Story
  /** Who comes with a browser's microphone to take this call; null when nobody does. */
  guest(options: { timeoutMs: number; signal: AbortSignal }): Promise<Guest | null>
}

/** The line's voice: cached sentences at once, others as they are made. */
export type Voice = {
  /** A sentence that was rendered before, else null. */
  cached(sentence: string, language: Language): Pcm | null
  speak(sentence: string, language: Language, signal: AbortSignal): AsyncIterable<Pcm>
}

/** Where the call's story and its recordings go. Nothing here may throw or make the conversation wait. */
export type Story = {
  /** `atMs`: since the conversation began. */
  add(note: Note, atMs: number): void
  /** Where a recording may be written; null when there is no room. */
  newRecording(kind: 'call' | 'voicemail'): string | null
  /** Resolves with the recording's id when it was kept. */
  recorded(file: RecordedFile): Promise<number | undefined>
  /** What the caller settled about calling back. */
  keepNumber(number: string): void
}

export type RecordedFile = {
  kind: 'call' | 'voicemail'
  path: string
  durationMs: number
  bytes: number
  isEmpty: boolean
}

export type Outcome = { by: EndedBy; action: Action | null; verdict: Verdict | null; turns: readonly Turn[] }
