import type { Clock, Language, Pcm, Stt } from '../ports.ts'
import { rateHz } from '../ports.ts'
import { joinPcm } from './mouth.ts'

const mostSamples = rateHz * 60

/** How often the words so far are asked for, while the caller is speaking. */
export const followEveryMs = 1_000
/** Longer turns are followed by their last part. */
const mostFollowedSamples = rateHz * 26

/** The sound of the turn that is going on, kept in memory until its words are known. */
export function createEars(stt: Stt | null, clock: Clock) {
  let pieces: Pcm[] = []
  let working: AbortController | null = null
  /** The utterance that goes on, as far as it has come, and who is recognising it. */
  let soFar: Pcm | null = null
  let following: AbortController | null = null
  let followAgainAt = 0

  /** What the caller says now is no longer what was asked about. */
  function unfollow(): void {
    following?.abort()
    following = null
    soFar = null
  }

  return {
    keep(audio: Pcm): void {
      unfollow()
      pieces.push(audio)
      while (pieces.length > 1 && pieces.reduce((sum, piece) => sum + piece.length, 0) > mostSamples) pieces.shift()
    },
    keepSoFar(audio: Pcm): void {
      soFar = audio
    },
    forget(): void {
      pieces = []
      unfollow()
    },
    stop(): void {
      unfollow()
      working?.abort()
      working = null
    },
    async transcribe(language: Language) {
      if (!stt) throw new Error('This line has no ears.')
      working?.abort()
      unfollow()
      const mine = new AbortController()
      working = mine
      return stt.transcribe(joinPcm(pieces), { language, signal: mine.signal, urgent: true })
    },
    /**
     * The words so far; null when there are none to be had. One question at a time, and for no more than half of the time,
     * however slow the ears are.
     */
    async overhear(language: Language): Promise<string | null> {
      const askedAt = clock.now()
      if (!stt || !soFar || following || askedAt < followAgainAt) return null
      const mine = new AbortController()
      following = mine
      const audio = joinPcm([...pieces, soFar]).slice(-mostFollowedSamples)
      const heard = await stt.transcribe(audio, { language, signal: mine.signal, isPartial: true }).catch(() => null)
      followAgainAt = 2 * clock.now() - askedAt
      if (following !== mine) return null
      following = null
      return heard?.text || null
    },
  }
}
