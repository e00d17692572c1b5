import { availableParallelism } from 'node:os'
import { concat } from '../audio/resample.ts'
import type { Language, Pcm } from '../ports.ts'
import { createFlite } from './flite.ts'
import type { Engines } from './index.ts'

/** How quick the engines of this machine are, in milliseconds, and what that means for callers. */
export type Speed = {
  /** Text to the first sound of the English voice; null when nothing speaks. */
  firstSoundMs: number | null
  /** A turn of five seconds of speech to its text; null without working ears. */
  turnMs: number | null
  /** One caller at a time, or as many as the machine understands without making them wait; 0 without ears. */
  conversations: number
  /** Why something could not be measured. */
  trouble: string[]
}

const turnSamples = 5 * 16_000
// in a conversation a caller speaks about every ten seconds
const betweenTurnsMs = 10_000
// so much of the machine may be busy with hearing; the rest belongs to the sound of the calls, the voice and the model
const shareForEars = 0.5
const remoteConversations = 8

/** Lets the engines work for a few seconds. Not for a machine that has calls: it takes their time. */
export async function measureSpeed(
  { tts, stt }: Pick<Engines, 'tts' | 'stt'>,
  { isRemote, language = 'en' }: { isRemote: boolean; language?: Language },
): Promise<Speed> {
  const trouble: string[] = []
  const attempt = async (work: () => Promise<number>): Promise<number | null> => {
    const took: number[] = []
    try {
      for (let i = 0; i < 3; i++) took.push(await work())
    } catch (error) {
      trouble.push(error instanceof Error ? error.message : String(error))
      return null
    }
    return took.sort((a, b) => a - b)[1]!
  }
  const firstSoundMs = await attempt(async () => {
    const began = performance.now()
    const signal = AbortSignal.timeout(20_000)
    for await (const _ of tts.speak('One moment, please, I will see who is there.', { language, signal })) break
    return performance.now() - began
  })
  const turn = fiveSeconds()
  const turnMs = stt
    ? await attempt(async () => {
        const signal = AbortSignal.timeout(30_000)
        return (await stt.transcribe(turn, { language, signal, urgent: true })).tookMs
      })
    : null
  return { firstSoundMs, turnMs, conversations: conversationsFor(turnMs, isRemote), trouble }
}

/** How many callers at once the ears keep up with. */
export function conversationsFor(turnMs: number | null, isRemote: boolean, cores = availableParallelism()): number {
  if (turnMs === null) return 0
  if (isRemote) return turnMs < 2000 ? remoteConversations : 2
  return Math.max(1, Math.min(32, Math.floor((cores * betweenTurnsMs * shareForEars) / Math.max(1, turnMs))))
}

function fiveSeconds(): Pcm {
  const said = createFlite()(
    'Good morning. I am calling about the invoice that you sent last week, could I speak to Anna?',
    'rms',
  )
  return concat([said, new Int16Array(turnSamples)]).subarray(0, turnSamples)
}
