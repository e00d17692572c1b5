import type { Note, Turn, Verdict } from '../dialog/state.ts'
import type { Clock, Language, Stt, Tts } from '../ports.ts'
import type { RecordedFile, Story, Voice } from '../session/ports.ts'
import { decodeWords, encodeWords } from './fake-line.ts'

/** A recogniser that hears what the fake line's caller "said"; `tookMs` of virtual time each. */
export function createFakeStt(clock: Clock, { tookMs = 300 }: { tookMs?: number } = {}) {
  let failure: Error | null = null
  let isHanging = false
  let count = 0
  const stt: Stt & { fail(error: Error | null): void; hang(): void; readonly count: number } = {
    name: 'fake ears',
    get count() {
      return count
    },
    fail(error) {
      failure = error
    },
    hang() {
      isHanging = true
    },
    transcribe(audio, { signal }) {
      count++
      return new Promise((resolve, reject) => {
        if (isHanging) return
        const cancel = clock.after(tookMs, () => {
          if (failure) reject(failure)
          else resolve({ text: audio.some(sample => sample !== 0) ? decodeWords(audio) : '', tookMs })
        })
        const stop = () => {
          cancel()
          reject(signal.reason)
        }
        if (signal.aborted) stop()
        else signal.addEventListener('abort', stop, { once: true })
      })
    },
    async close() {},
  }
  return stt
}

/** A voice whose sound is its words. */
export function createFakeVoice(clock: Clock) {
  let failure: Error | null = null
  let isHanging = false
  const voice: Voice & { fail(error: Error | null): void; hang(): void } = {
    fail(error) {
      failure = error
    },
    hang() {
      isHanging = true
    },
    cached: () => null,
    async *speak(sentence: string, _language: Language, signal: AbortSignal) {
      if (isHanging) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      await new Promise<void>(resolve => clock.after(80, resolve))
      if (failure) throw failure
      if (!signal.aborted) yield encodeWords(sentence)
    },
  }
  return voice
}

/** A Tts whose sound is a hum as long as the text, for whatever wants real samples. */
export function createFakeTts(): Tts {
  return {
    name: 'fake voice',
    voices: [
      { id: 'fake-en', language: 'en', label: 'Fake' },
      { id: 'fake-de', language: 'de', label: 'Fake' },
    ],
    async *speak(text, { signal }) {
      if (!/[\p{L}\p{N}]/u.test(text)) return
      for (let left = text.length * 960; left > 0 && !signal.aborted; left -= 3_200) {
        yield Int16Array.from({ length: Math.min(left, 3_200) }, (_, i) => Math.round(6_000 * Math.sin(i / 12)))
      }
      if (signal.aborted) throw signal.reason
    },
    async close() {},
  }
}

export type FakeStory = Story & {
  readonly notes: (Note & { atMs: number })[]
  readonly files: RecordedFile[]
  numbers: string[]
}

export function createFakeStory({ hasRoom = true }: { hasRoom?: boolean } = {}): FakeStory {
  const notes: (Note & { atMs: number })[] = []
  const files: RecordedFile[] = []
  const numbers: string[] = []
  return {
    notes,
    files,
    numbers,
    add: (note, atMs) => void notes.push({ ...note, atMs }),
    newRecording: kind => (hasRoom ? `${kind}.wav` : null),
    async recorded(file) {
      files.push(file)
      return file.isEmpty ? undefined : files.length
    },
    keepNumber: number => void numbers.push(number),
  }
}

/** Screening that answers from a list, one decision for each turn, after `tookMs`. */
export function createFakeScreening(clock: Clock, answers: (Verdict | Error | 'hang')[], tookMs = 200) {
  const asked: (readonly Turn[])[] = []
  return {
    asked,
    decide(turns: readonly Turn[], signal: AbortSignal): Promise<Verdict> {
      asked.push(turns)
      const answer = answers[Math.min(asked.length, answers.length) - 1] ?? new Error('nothing to say')
      return new Promise((resolve, reject) => {
        if (answer === 'hang') return
        const cancel = clock.after(tookMs, () => (answer instanceof Error ? reject(answer) : resolve(answer)))
        signal.addEventListener('abort', () => {
          cancel()
          reject(signal.reason)
        })
      })
    },
  }
}
