import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameMs, frameSamples } from './ports.ts'
import { createSegmenter, type Segment, type Segmenter } from './segmenter.ts'

/** Frames with these probabilities; each frame's samples hold its own number, so that a test sees what was kept. */
function feed(segmenter: Segmenter, probabilities: readonly number[], from = 1): { at: number; segment: Segment }[] {
  return probabilities.flatMap((probability, i) => {
    const frame = new Int16Array(frameSamples).fill(from + i)
    return segmenter.push(frame, probability).map(segment => ({ at: i, segment }))
  })
}
const speech = (ms: number, p = 0.95) => new Array<number>(ms / frameMs).fill(p)
const silence = (ms: number) => speech(ms, 0.02)
const types = (found: { segment: Segment }[]) => found.map(({ segment }) => segment.type)

describe('end-pointing', () => {
  test('speech then silence is one utterance', () => {
    const segmenter = createSegmenter()
    const found = feed(segmenter, [...silence(500), ...speech(800), ...silence(600)])
    expect(types(found)).toEqual(['speech_started', 'utterance'])
    expect(found[0]!.at * frameMs).toBeLessThan(500 + 120)
    expect(found[1]!.segment).toMatchObject({ speechMs: 800, silenceMs: 400 })
  })

  test('a detector that hears on after the end ends nothing later: silence counts from the last word', () => {
    const segmenter = createSegmenter({ tailMs: 60 })
    segmenter.listen({ endOfSpeechMs: 240, isSpeaking: false })
    const found = feed(segmenter, [...speech(800), ...silence(600)])
    expect((found[1]!.at + 1) * frameMs).toBe(800 + 180)
    expect(found[1]!.segment).toMatchObject({ type: 'utterance', silenceMs: 240 })
  })

  test('speech that goes on is told as far as it has come, as often as asked for and only then', () => {
    const spoken = [...silence(500), ...speech(3_500), ...silence(600)]
    expect(types(feed(createSegmenter(), spoken))).toEqual(['speech_started', 'utterance'])
    const segmenter = createSegmenter()
    segmenter.listen({ endOfSpeechMs: 400, isSpeaking: false, reportEveryMs: 1_000 })
    const found = feed(segmenter, spoken)
    expect(types(found)).toEqual(['speech_started', 'speech_so_far', 'speech_so_far', 'speech_so_far', 'utterance'])
    const lengths = found.flatMap(({ segment }) => ('audio' in segment ? [segment.audio.length / frameSamples] : []))
    expect(lengths.toSorted((a, b) => a - b)).toEqual(lengths)
    expect(lengths[1]! - lengths[0]!).toBe(50)
  })

  test('a long pause within an utterance is told once, not every second', () => {
    const segmenter = createSegmenter()
    segmenter.listen({ endOfSpeechMs: 5_000, isSpeaking: false, reportEveryMs: 1_000 })
    const found = feed(segmenter, [...speech(500), ...silence(4_500), ...speech(300)])
    expect(types(found)).toEqual(['speech_started', 'speech_so_far', 'speech_so_far'])
  })

  test('silence, however long, is nothing', () => {
    expect(feed(createSegmenter(), silence(60_000))).toEqual([])
  })

  test('a click is nothing, and clicks do not add up', () => {
    const clicks = Array.from({ length: 200 }, () => [...speech(60), ...silence(140)]).flat()
    expect(feed(createSegmenter(), clicks)).toEqual([])
  })

  test('keeps 300 ms before the first voiced frame and drops the long silence after the last', () => {
    const [, utterance] = feed(createSegmenter(), [...silence(1_000), ...speech(400), ...silence(600)])
    const audio = (utterance!.segment as Extract<Segment, { type: 'utterance' }>).audio
    const first = audio[0]!
    expect((51 - first) * frameMs).toBe(300)
    expect(audio.length / frameSamples).toBe(15 + 20 + 10)
  })

  test('a pause that is shorter than asked for does not cut a sentence', () => {
    const segmenter = createSegmenter()
    segmenter.listen({ endOfSpeechMs: 1_900, isSpeaking: false })
    const found = feed(segmenter, [...speech(500), ...silence(1_500), ...speech(500), ...silence(2_000)])
    expect(types(found)).toEqual(['speech_started', 'utterance'])
    expect(found[1]!.segment).toMatchObject({ speechMs: 1_000 })
  })

  test('over our own voice, weak or short speech does not count and real speech does within 250 ms', () => {
    const echo = createSegmenter()
    echo.listen({ endOfSpeechMs: 400, isSpeaking: true })
    expect(feed(echo, speech(3_000, 0.65))).toEqual([])
    expect(feed(echo, [...silence(200), ...speech(120), ...silence(600)])).toEqual([])
    const [started] = feed(echo, speech(600))
    expect(started!.segment.type).toBe('speech_started')
    expect((started!.at + 1) * frameMs).toBeLessThanOrEqual(250)
  })

  test('soft syllables inside a sentence do not end it', () => {
    const syllables = [...speech(300), ...speech(100, 0.4), ...speech(300), ...speech(100, 0.38), ...speech(300)]
    const found = feed(createSegmenter(), [...syllables, ...silence(600)])
    expect(found.at(-1)!.segment).toMatchObject({ type: 'utterance', speechMs: 1_100 })
  })

  test('a caller who never stops is handed over in pieces, at a short pause where there is one', () => {
    const found = feed(createSegmenter(), [...speech(15_400), ...silence(180), ...speech(44_000)])
    const utterances = found.filter(({ segment }) => segment.type === 'utterance')
    expect(utterances.length).toBeGreaterThanOrEqual(3)
    expect(utterances[0]!.at * frameMs).toBeLessThan(15_700)
    for (const { segment } of utterances) {
      const { audio } = segment as Extract<Segment, { type: 'utterance' }>
      expect((audio.length / frameSamples) * frameMs).toBeLessThanOrEqual(20_000)
    }
  })

  test('forgetting says that what was announced will not come', () => {
    const segmenter = createSegmenter()
    feed(segmenter, speech(300))
    expect(segmenter.reset()).toEqual([{ type: 'speech_dismissed' }])
    expect(segmenter.reset()).toEqual([])
    expect(types(feed(segmenter, [...speech(300), ...silence(500)]))).toEqual(['speech_started', 'utterance'])
  })

  test('a detector that answers nonsense is silence', () => {
    expect(feed(createSegmenter(), [Number.NaN, Number.POSITIVE_INFINITY, -1, ...silence(100)])).toEqual([])
  })

  test('whatever the detector says, starts and ends alternate and no utterance is longer than allowed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.float({ min: 0, max: 1, noNaN: true })), {
          maxLength: 60,
        }),
        fc.boolean(),
        (runs, isSpeaking) => {
          const segmenter = createSegmenter({ maxUtteranceMs: 5_000 })
          segmenter.listen({ endOfSpeechMs: 400, isSpeaking })
          let isOpen = false
          for (const [count, p] of runs) {
            for (const { segment } of feed(segmenter, new Array<number>(count).fill(p))) {
              expect(segment.type === 'speech_started').toBe(!isOpen)
              isOpen = !isOpen
              if (segment.type === 'utterance')
                expect((segment.audio.length / frameSamples) * frameMs).toBeLessThanOrEqual(5_000 + 320)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
