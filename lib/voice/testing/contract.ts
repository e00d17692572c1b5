import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { frameSamples, type Language, type Pcm, type Stt, type Tts, type Vad } from '../ports.ts'

/**
 * What everybody who speaks to an engine may rely on: the same suite runs on the fake and on each adapter. `make` is called
 * once for each suite.
 */
const never = () => new AbortController().signal

async function collect(pieces: AsyncIterable<Pcm>): Promise<Pcm[]> {
  const all: Pcm[] = []
  for await (const piece of pieces) all.push(piece)
  return all
}

const length = (pieces: Pcm[]) => pieces.reduce((sum, piece) => sum + piece.length, 0)

export function ttsContract(
  name: string,
  make: () => Promise<Tts> | Tts,
  { language = 'en', isSpeedLimited = true }: { language?: Language; isSpeedLimited?: boolean } = {},
): void {
  describe(`${name} as a voice`, () => {
    let tts: Tts
    beforeAll(async () => {
      tts = await make()
    })
    afterAll(() => tts.close())

    test('it names itself and its voices', () => {
      expect(tts.name).not.toBe('')
      expect(tts.voices.some(voice => voice.language === language)).toBe(true)
      expect(new Set(tts.voices.map(voice => `${voice.language} ${voice.id}`)).size).toBe(tts.voices.length)
    })

    test('it says a sentence as audible 16 kHz samples', async () => {
      const pieces = await collect(tts.speak('Good morning. Who is calling?', { language, signal: never() }))
      expect(pieces.length).toBeGreaterThan(0)
      const loudest = Math.max(...pieces.map(piece => piece.reduce((peak, one) => Math.max(peak, Math.abs(one)), 0)))
      expect(loudest).toBeGreaterThan(500)
      if (isSpeedLimited) {
        expect(length(pieces)).toBeGreaterThan(16_000 * 0.5)
        expect(length(pieces)).toBeLessThan(16_000 * 20)
      }
    })

    test('a longer text takes longer to say', async () => {
      const short = length(await collect(tts.speak('Yes.', { language, signal: never() })))
      const long = length(
        await collect(tts.speak('Yes, I will tell her about it today.', { language, signal: never() })),
      )
      expect(long).toBeGreaterThan(short)
    })

    test('text without anything to say is silence, not a failure', async () => {
      for (const text of ['', '   ', '\u0000', '...']) {
        expect(length(await collect(tts.speak(text, { language, signal: never() })))).toBeLessThan(16_000)
      }
    })

    test('an aborted speech throws what it was aborted with, before and during', async () => {
      const reason = new Error('the caller spoke')
      await expect(collect(tts.speak('Hello.', { language, signal: AbortSignal.abort(reason) }))).rejects.toBe(reason)
      const abort = new AbortController()
      const speech = (async () => {
        for await (const _ of tts.speak('One. Two. Three. Four. Five. Six. '.repeat(4), {
          language,
          signal: abort.signal,
        })) {
          abort.abort(reason)
        }
      })()
      await expect(speech).rejects.toBe(reason)
      expect(length(await collect(tts.speak('And on.', { language, signal: never() })))).toBeGreaterThan(0)
    })

    test('a listener who leaves early leaves nothing behind', async () => {
      for (let i = 0; i < 5; i++) {
        for await (const _ of tts.speak('One. Two. Three.', { language, signal: never() })) break
      }
      expect(length(await collect(tts.speak('Still here.', { language, signal: never() })))).toBeGreaterThan(0)
    })

    test('several can be spoken to at once', async () => {
      const all = await Promise.all(
        [1, 2, 3, 4].map(() => collect(tts.speak('Good morning to you.', { language, signal: never() }))),
      )
      expect(new Set(all.map(length)).size).toBe(1)
    })
  })
}

export function sttContract(
  name: string,
  make: () => Promise<Stt> | Stt,
  { speech, language = 'en' }: { speech: () => Promise<Pcm> | Pcm; language?: Language },
): void {
  describe(`${name} as ears`, () => {
    let stt: Stt
    beforeAll(async () => {
      stt = await make()
    })
    afterAll(() => stt.close())

    test('it answers an utterance with text and how long that took', async () => {
      const heard = await stt.transcribe(await speech(), { language, signal: never() })
      expect(heard.text).not.toBe('')
      expect(heard.text).toBe(heard.text.trim())
      expect(heard.tookMs).toBeGreaterThanOrEqual(0)
    })

    test('silence and nothing at all are heard as nothing', async () => {
      expect((await stt.transcribe(new Int16Array(32_000), { language, signal: never() })).text).toBe('')
      expect((await stt.transcribe(new Int16Array(0), { language, signal: never() })).text).toBe('')
    })

    test('an aborted one rejects with what it was aborted with, before and during', async () => {
      const reason = new Error('the caller went on speaking')
      const audio = await speech()
      await expect(stt.transcribe(audio, { language, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
      const abort = new AbortController()
      const hearing = stt.transcribe(audio, { language, signal: abort.signal })
      abort.abort(reason)
      await expect(hearing).rejects.toBe(reason)
      expect((await stt.transcribe(audio, { language, signal: never() })).text).not.toBe('')
    })

    test('two that speak at once are both heard, and alike', async () => {
      const audio = await speech()
      const both = await Promise.all([
        stt.transcribe(audio, { language, signal: never() }),
        stt.transcribe(audio, { language, signal: never(), urgent: true }),
      ])
      expect(both[0].text).toBe(both[1].text)
    })
  })
}

export function vadContract(name: string, make: () => Vad, { speech }: { speech: () => Promise<Pcm> | Pcm }): void {
  describe(`${name} as voice activity`, () => {
    const scores = (vad: Vad, samples: Pcm) => {
      const all: number[] = []
      for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
        all.push(vad.score(samples.subarray(at, at + frameSamples)))
      }
      return all
    }

    test('silence scores low, speech scores high, always between 0 and 1', async () => {
      const vad = make()
      expect(Math.max(...scores(vad, new Int16Array(16_000)))).toBeLessThan(0.5)
      const spoken = scores(vad, await speech())
      expect(spoken.filter(score => score >= 0.5).length).toBeGreaterThan(spoken.length / 3)
      expect(spoken.every(score => score >= 0 && score <= 1)).toBe(true)
      vad.close()
    })

    test('after a reset it has forgotten the speech', async () => {
      const vad = make()
      scores(vad, await speech())
      vad.reset()
      expect(vad.score(new Int16Array(frameSamples))).toBeLessThan(0.5)
      vad.close()
      vad.close()
    })

    test('two calls do not hear each other', async () => {
      const one = make()
      const other = make()
      const audio = await speech()
      for (let at = 0; at + frameSamples <= audio.length; at += frameSamples) {
        one.score(audio.subarray(at, at + frameSamples))
        expect(other.score(new Int16Array(frameSamples))).toBeLessThan(0.5)
      }
      one.close()
      other.close()
    })
  })
}
