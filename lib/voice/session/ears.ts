import type { Language, Pcm, Stt } from '../ports.ts'
import { rateHz } from '../ports.ts'
import { joinPcm } from './mouth.ts'

const mostSamples = rateHz * 60

/** The sound of the turn that is going on, kept in memory until its words are known. */
export function createEars(stt: Stt | null) {
  let pieces: Pcm[] = []
  let working: AbortController | null = null

  return {
    keep(audio: Pcm): void {
      pieces.push(audio)
      while (pieces.length > 1 && pieces.reduce((sum, piece) => sum + piece.length, 0) > mostSamples) pieces.shift()
    },
    forget(): void {
      pieces = []
    },
    stop(): void {
      working?.abort()
      working = null
    },
    async transcribe(language: Language) {
      if (!stt) throw new Error('This line has no ears.')
      working?.abort()
      const mine = new AbortController()
      working = mine
      return stt.transcribe(joinPcm(pieces), { language, signal: mine.signal, urgent: true })
    },
  }
}
