import { afterEach, describe, expect, test } from 'vitest'
import { type Line, type LineEvent, type Pcm, rateHz } from '../ports.ts'

export type LineUnderTest = {
  line: Line
  /** Lets the line's own time pass. */
  pass(ms: number): Promise<void>
  /** The caller presses a key, or hangs up. */
  press(digit: string): void | Promise<void>
  hangUp(): void | Promise<void>
  /** Where a recording may be written. */
  recordingPath: string
  close(): Promise<void>
}

const hum = (ms: number): Pcm =>
  Int16Array.from({ length: (rateHz * ms) / 1_000 }, (_, i) => Math.round(6_000 * Math.sin(i / 12)))
/** As long as the fake line thinks that these words take. */
const words = (ms: number) => 'w'.repeat(Math.round(ms / 60))

/** What the conversation may rely on, whatever carries the call: the same suite runs on the fake and on every real line. */
export function lineContract(name: string, make: () => Promise<LineUnderTest>): void {
  describe(`${name} as a line`, () => {
    let it: LineUnderTest
    let events: LineEvent[] = []
    afterEach(() => it.close())

    async function answered(): Promise<void> {
      it = await make()
      events = []
      it.line.on(event => events.push(event))
      await it.line.answer()
    }
    const play = (playback: number, ms: number) => it.line.play(playback, hum(ms), words(ms))
    const of = <T extends LineEvent['type']>(type: T) =>
      events.filter((event): event is Extract<LineEvent, { type: T }> => event.type === type)
    async function until(isThere: () => boolean, mostMs = 8_000): Promise<void> {
      for (let waited = 0; waited < mostMs && !isThere(); waited += 20) await it.pass(20)
      expect(isThere()).toBe(true)
    }

    test('what is played is told when it starts and when it has been heard', async () => {
      await answered()
      play(1, 300)
      await until(() => of('playback_finished').length === 1)
      expect(of('playback_started')).toMatchObject([{ playback: 1 }])
      expect(of('playback_finished')).toMatchObject([{ playback: 1, isComplete: true }])
      expect(of('playback_finished')[0]!.playedMs).toBeGreaterThan(250)
      expect(of('playback_finished')[0]!.playedMs).toBeLessThan(400)
    })

    test('two sentences are played one after the other', async () => {
      await answered()
      play(1, 200)
      play(2, 200)
      await until(() => of('playback_finished').length === 2)
      const order = events.flatMap(event => ('playback' in event ? [`${event.type} ${event.playback}`] : []))
      expect(order).toEqual(['playback_started 1', 'playback_finished 1', 'playback_started 2', 'playback_finished 2'])
    })

    test('clearing is silence at once, and says how much was heard', async () => {
      await answered()
      play(1, 2_000)
      await until(() => of('playback_started').length === 1)
      await it.pass(300)
      it.line.clear()
      await until(() => of('playback_finished').length === 1)
      const { isComplete, playedMs } = of('playback_finished')[0]!
      expect(isComplete).toBe(false)
      expect(playedMs).toBeLessThan(1_500)
    })

    test('what was paused goes on where it stopped', async () => {
      await answered()
      play(1, 600)
      await until(() => of('playback_started').length === 1)
      await it.pass(200)
      it.line.pause()
      await it.pass(800)
      expect(of('playback_finished')).toEqual([])
      it.line.resume()
      await until(() => of('playback_finished').length === 1)
      expect(of('playback_finished')).toMatchObject([{ playback: 1, isComplete: true }])
      expect(of('playback_finished')[0]!.playedMs).toBeLessThan(750)
    })

    test('a pause does not outlive what it paused', async () => {
      await answered()
      play(1, 600)
      await until(() => of('playback_started').length === 1)
      it.line.pause()
      it.line.clear()
      play(2, 200)
      await until(() => of('playback_finished').some(({ playback }) => playback === 2))
    })

    test('keys arrive in order', async () => {
      await answered()
      for (const digit of '10#*') await it.press(digit)
      await until(() => of('dtmf').length === 4)
      expect(of('dtmf').map(({ digit }) => digit)).toEqual(['1', '0', '#', '*'])
    })

    test('a message is recorded until it is stopped, and says where it is', async () => {
      await answered()
      it.line.record({ path: it.recordingPath, maxMs: 20_000, silenceMs: 15_000, beep: true })
      await it.pass(1_200)
      it.line.stopRecording()
      await until(() => of('recording_finished').length === 1)
      expect(of('recording_finished')[0]).toMatchObject({ path: it.recordingPath })
      expect(of('recording_finished')[0]!.durationMs).toBeGreaterThan(100)
      expect(of('recording_finished')[0]!.bytes).toBeGreaterThan(1_000)
    })

    test('a caller who hangs up is told once; a running recording ends with it', async () => {
      await answered()
      it.line.record({ path: it.recordingPath, maxMs: 20_000, silenceMs: 15_000, beep: false })
      await it.pass(800)
      await it.hangUp()
      await until(() => of('hung_up').length === 1 && of('recording_finished').length === 1)
      expect(of('recording_finished')[0]!.cause).toBe('hang_up')
      await it.line.hangUp('normal')
      await it.line.release()
      await it.pass(300)
      expect(of('hung_up')).toHaveLength(1)
    })

    test('after our own hang-up nothing is played any more, and nothing fails', async () => {
      await answered()
      await it.line.hangUp('normal')
      play(1, 200)
      it.line.clear()
      it.line.pause()
      it.line.resume()
      it.line.stopRecording()
      await it.pass(400)
      expect(of('playback_finished').filter(({ isComplete }) => isComplete)).toEqual([])
      expect(of('hung_up')).toHaveLength(1)
    })
  })
}
