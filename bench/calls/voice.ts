import { createSileroVad } from '#lib/voice/adapters/index.ts'
import { frameSamples } from '#lib/voice/ports.ts'
import { interruptedAfterMs, overThePhone } from '#lib/voice/testing/interrupting.ts'
import type { Place } from './place.ts'
import type { Report } from './report.ts'
import { inLanes, pause, say, sentence } from './talking.ts'

/** Earlier than this after the answer real trunks cut off the first syllable. */
const earliestMs = 300
const answerGoal = { of: 'p95', least: earliestMs, most: 700 } as const
const detectionGoal = { of: 'p95', most: 250 } as const
const interruptionGoal = { of: 'p95', most: 400 } as const

const interruptions = [
  'Wait a moment, I would like to say something about that.',
  'Excuse me, I have a question about my order.',
  'No, that is not what I am calling about.',
  'Hello? I want to speak to somebody, please.',
].map(sentence)

/** What of an interruption is the detector's: how much of the caller's speech it needs to hear. */
export async function measureDetection(report: Report): Promise<void> {
  const needed: number[] = []
  for (const words of interruptions) {
    for (let offset = 0; offset < frameSamples; offset += 32) {
      const vad = createSileroVad()
      const ms = interruptedAfterMs(await overThePhone(words, offset), vad)
      vad.close()
      if (ms !== null) needed.push(ms)
    }
  }
  report.times("speech that interrupts: caller's first sound to our decision, detector alone", needed, detectionGoal)
}

/** How soon a caller hears us, and how soon we are silent when they speak. The question is a tone: its end is seen exactly. */
export async function measureVoice(place: Place, report: Report, rounds: number, suffix: string): Promise<void> {
  const firstSounds: number[] = []
  const silences: number[] = []
  let unheard = 0

  await inLanes(rounds, 4, async at => {
    const { caller, from, answeredMs } = await place.call()
    firstSounds.push((await caller.ear.sound({ fromMs: answeredMs })) - answeredMs)
    // greeting and disclosure, which nobody interrupts, are over; the question has begun
    await place.story(from, ({ timeline }) => timeline.some(({ kind }) => kind === 'said'))
    await pause(800 + (at % 7) * 13)
    const { fromMs } = await say(caller, interruptions[at % interruptions.length]!)
    const silentMs = await caller.ear.quiet({ fromMs, lastingMs: 700, timeoutMs: 8_000 }).catch(() => null)
    if (silentMs === null || silentMs - fromMs > 3_000) unheard++
    else silences.push(silentMs - fromMs)
    await caller.hangUp()
    await caller.ended
  })
  await place.empty()

  const early = firstSounds.filter(ms => ms < earliestMs).length
  report.times(`answer to first audio at the caller's ear${suffix}`, firstSounds, answerGoal)
  report.fact(`first audio before ${earliestMs} ms${suffix}`, `${early} of ${rounds}`, '0', early === 0)
  report.times(`caller's first sound to silence of our voice${suffix}`, silences, interruptionGoal)
  report.fact(`interruptions that were not heard${suffix}`, `${unheard} of ${rounds}`, '0', unheard === 0)
}
